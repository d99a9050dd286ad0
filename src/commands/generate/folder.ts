import { mkdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';

export interface Folder {
  /** Writes a file that isn't there yet, and gives its path as the folder was named. Throws LocalError. */
  write: (file: NewFile) => Promise<string>;
}

interface NewFile {
  /** From 1; files come in this order by their names, too. */
  seq: number;
  /** What is in it, in words of ours or the user's. */
  words: readonly string[];
  extension: string;
  text: string;
}

/** A folder to write to, made where there is none. `largest` is the greatest number that may come. Throws LocalError. */
export async function openFolder(name: string, { cwd, largest }: { cwd: string; largest: number }): Promise<Folder> {
  const folder = path.resolve(cwd, name);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    if (['EEXIST', 'ENOTDIR'].includes(systemCode(cause)))
      throw new LocalError(`${name} is no folder, but a file is there`, { cause, hint: '--out takes a folder' });
    throw new LocalError(`can't make the folder ${name}: ${systemWords(cause)}`, {
      cause,
      hint: 'name another with --out',
    });
  });
  const width = Math.max(4, String(largest).length);
  return {
    async write({ seq, words, extension, text }) {
      const file = `${[String(seq).padStart(width, '0'), ...words.map(plain).filter(Boolean)].join('-')}.${extension}`;
      await writeNew(path.join(folder, file), path.join(name, file), text);
      return path.join(name, file);
    },
  };
}

/** Letters, digits and hyphens: a name that every file system takes, and that leads nowhere else. */
const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);

async function writeNew(file: string, shown: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') {
      throw new LocalError(`${shown} is there already, and no file is overwritten`, {
        cause,
        hint: 'name an empty folder with --out, or remove what is in this one',
      });
    }
    // Half a file would be taken for a whole one.
    await unlink(file).catch(() => undefined);
    throw new LocalError(`can't write ${shown}: ${systemWords(cause)}`, {
      cause,
      hint: 'name another folder with --out',
    });
  }
}
