import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import { replaceFile } from '../../file/atomic-file.js';
import type { Clock } from '../../ports.js';

/** Returns the text of a file; undefined if there is none. Throws LocalError. */
export const contentOf = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw localError(file, cause);
  });

/** Writes a file as a whole or not at all. Throws LocalError. */
export const placeFile = (file: string, text: string, writing: { mode: number; clock: Clock }): Promise<void> =>
  replaceFile(file, text, writing).catch((cause: unknown) => {
    throw localError(file, cause);
  });

export const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Whether git would commit `name` in `folder`. */
export async function isSeenByGit(name: string, folder: string): Promise<boolean> {
  if (path.basename(name) !== name) return false;
  const patterns = [`/${name}`, name, `${name}*`, '*.env'];
  for (let current = folder; ; current = path.dirname(current)) {
    const lines = ((await contentOf(path.join(current, '.gitignore'))) ?? '').split(/\r?\n/);
    // A pattern that begins with a slash counts in its own folder alone.
    const heeded = current === folder ? patterns : patterns.slice(1);
    if (lines.some(line => heeded.includes(line.trim()))) return false;
    if (await isThere(path.join(current, '.git'))) return true;
    if (path.dirname(current) === current) return false;
  }
}

/** Adds `name` to the .gitignore of `folder`. Throws LocalError. */
export async function ignore(name: string, folder: string): Promise<void> {
  const file = path.join(folder, '.gitignore');
  const text = (await contentOf(file)) ?? '';
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  await writeFile(file, `${separator}${name}\n`, { flag: 'a' }).catch((cause: unknown) => {
    throw localError(file, cause);
  });
}

const localError = (file: string, cause: unknown): LocalError =>
  new LocalError(`can't write ${file}: ${systemWords(cause)}`, { cause, hint: 'is the folder yours?' });
