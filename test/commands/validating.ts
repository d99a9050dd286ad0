import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { published } from '../event/published.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

export const good = published('full_2026-01.compact.json').toString();
export const bad = good.replace('"INDIVIDUAL"', '"NOBODY"');
export const odd = good.replace('"QUEUED"', '"MELTED"');

/** A folder with these files. */
export function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

export async function validate(files: Record<string, string | Uint8Array>, ...args: string[]) {
  const run = await webhookCli(['validate', ...args], { cwd: folderWith(files) });
  return { ...run, lines: run.stdout.split('\n').filter(Boolean) };
}

export const problemsIn = (stdout: string) => reportsIn(stdout).filter(({ type }) => type === 'problem');
