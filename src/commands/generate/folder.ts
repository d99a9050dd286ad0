import { mkdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';

export interface Folder {
  /** Writes a new file, and returns its path, relative as the folder was named. Throws LocalError. */
  write: (file: NewFile) => Promise<string>;
}

interface NewFile {
  /** The position, from 1. The names of files sort in this order. */
  seq: number;
  /** Words for the name: the program's or the user's. */
  words: readonly string[];
  extension: string;
  text: string;
}

/** Opens a folder to write to, and creates it if there is none. `largest` is the largest possible position. Throws LocalError. */
export async function openFolder(name: string, { cwd, largest }: { cwd: string; largest: number }): Promise<Folder> {
  const folder = path.resolve(cwd, name);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    if (['EEXIST', 'ENOTDIR'].includes(systemCode(cause)))
      throw new LocalError(`${name} is a file, not a folder`, { cause, hint: '--out takes a folder' });
    throw new LocalError(`can't create the folder ${name}: ${systemWords(cause)}`, {
      cause,
      hint: 'name another folder with --out',
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

/** Returns letters, digits and hyphens only: a name that every file system allows, and that leads to no other folder. */
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
      throw new LocalError(`${shown} exists, and no file is overwritten`, {
        cause,
        hint: 'name an empty folder with --out, or empty this one',
      });
    }
    // A partial file would pass for a whole one.
    await unlink(file).catch(() => undefined);
    throw new LocalError(`can't write ${shown}: ${systemWords(cause)}`, {
      cause,
      hint: 'name another folder with --out',
    });
  }
}
