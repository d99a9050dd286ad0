import type { Verdict } from '../../ports.js';
import type { Ports } from '../../contract/command.js';
import { scripts, type Shell } from './scripts.js';

export interface CompletionOptions {
  shell: Shell;
}

export interface CompletionReport {
  type: 'completion';
  shell: Shell;
  script: string;
}

export async function run({ shell }: CompletionOptions, { reporting }: Ports<CompletionReport>): Promise<Verdict> {
  await reporting.report({ type: 'completion', shell, script: scripts[shell] });
  return 'positive';
}

/** The script, printed as a document for the shell to read. */
export const view = ({ script }: CompletionReport): Uint8Array => Buffer.from(script);
