import type { Context, Verdict } from '../command.js';
import { bash } from './bash.js';
import { fish } from './fish.js';
import type { Shell } from './shells.js';
import { zsh } from './zsh.js';

export interface CompletionOptions {
  shell: Shell;
}

export interface CompletionReport {
  type: 'completion';
  shell: Shell;
  script: string;
}

const scripts: Record<Shell, string> = { bash, zsh, fish };

export async function run({ shell }: CompletionOptions, { report }: Context<CompletionReport>): Promise<Verdict> {
  await report({ type: 'completion', shell, script: scripts[shell] });
  return 'positive';
}

/** A document: the file that the shell reads. */
export const view = ({ script }: CompletionReport): Uint8Array => Buffer.from(script);
