import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import { replaceFile } from '../../file/atomic-file.js';
import { readSmall, UnfitFileError } from '../../file/small-file.js';
import type { Clock } from '../../ports.js';

/** Returns the text of a file; undefined if there is none. Never waits for a pipe. Throws LocalError. */
export async function contentOf(file: string): Promise<string | undefined> {
  try {
    const { bytes } = await readSmall(file, { holds: 'configuration', isNamed: false });
    return bytes.toString();
  } catch (cause) {
    if (cause instanceof UnfitFileError) throw new LocalError(`${file} ${cause.message}`, { hint: 'move it away' });
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw localError(file, cause);
  }
}

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
    const lines = ((await contentOf(path.join(current, '.gitignore')).catch(() => '')) ?? '').split(/\r?\n/);
    // A pattern that begins with a slash applies only to its own folder.
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
  // A link may lead out of the folder, to a file that its author chose.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
  try {
    const handle = await open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK);
    await handle.writeFile(`${separator}${name}\n`).finally(() => handle.close());
  } catch (cause) {
    if (systemCode(cause) !== 'ELOOP') throw localError(file, cause);
    const hint = `add ${name} to the file it links to, and pass --no-gitignore`;
    throw new LocalError(`can't write ${file}: ${systemWords(cause)}`, { cause, hint });
  }
}

const localError = (file: string, cause: unknown): LocalError =>
  new LocalError(`can't write ${file}: ${systemWords(cause)}`, { cause, hint: 'is the folder yours?' });
