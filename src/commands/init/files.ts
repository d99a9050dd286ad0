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

/** Whether git would take `name`, in `folder`, along. */
export async function isSeenByGit(name: string, folder: string): Promise<boolean> {
  if (path.basename(name) !== name || !(await isInRepository(folder))) return false;
  const lines = ((await contentOf(path.join(folder, '.gitignore'))) ?? '').split(/\r?\n/);
  return !lines.some(line => [name, `/${name}`, `${name}*`, '*.env'].includes(line.trim()));
}

async function isInRepository(folder: string): Promise<boolean> {
  const isThere = await stat(path.join(folder, '.git')).then(
    () => true,
    () => false,
  );
  const parent = path.dirname(folder);
  return isThere || (parent !== folder && isInRepository(parent));
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
