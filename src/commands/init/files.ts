import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import type { Context } from '../command.js';

/** What is in a file; undefined where there is none. */
export const contentOf = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw localError(file, cause);
  });

/** Writes a file as a whole or not at all. Throws LocalError. */
export async function placeFile(
  file: string,
  text: string,
  { mode, entropy }: { mode: number } & Pick<Context, 'entropy'>,
): Promise<void> {
  const temporary = `${file}.${Buffer.from(entropy(6)).toString('hex')}`;
  try {
    await writeFile(temporary, text, { flag: 'wx', mode });
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw localError(file, cause);
  }
}

export const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Whether git would take `name`, in `folder`, along. */
export async function isSeenByGit(name: string, folder: string): Promise<boolean> {
  if (path.basename(name) !== name) return false;
  const patterns = [`/${name}`, name, `${name}*`, '*.env'];
  for (let current = folder; ; current = path.dirname(current)) {
    const lines = ((await contentOf(path.join(current, '.gitignore'))) ?? '').split(/\r?\n/);
    // What begins with a slash counts in its own folder alone.
    const heeded = current === folder ? patterns : patterns.slice(1);
    if (lines.some(line => heeded.includes(line.trim()))) return false;
    if (await isThere(path.join(current, '.git'))) return true;
    if (path.dirname(current) === current) return false;
  }
}

/** Throws LocalError. */
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
