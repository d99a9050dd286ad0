import { mkdir, open, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';

export interface Folder {
  /** Writes a new file and returns its path, which starts with the folder as named. Throws LocalError. */
  write: (file: NewFile) => Promise<string>;
  /** Opens a new file to write piece by piece. Throws LocalError. */
  open: (name: string) => Promise<OpenFile>;
}

interface OpenFile {
  /** Starts with the folder as named. */
  name: string;
  /** Writes a piece, possibly buffered. Throws LocalError. */
  append: (text: string) => Promise<void>;
  /** Flushes and closes the file. Throws LocalError. */
  close: () => Promise<void>;
}

interface NewFile {
  /** The position, from 1. The names of files sort in this order. */
  seq: number;
  /** Text for the name, from the program or the user. */
  words: readonly string[];
  extension: string;
  text: string;
}

/**
 * Opens a folder to write to, and creates it if missing. `largest` is the largest possible position. Throws LocalError.
 */
export async function openFolder(name: string, { cwd, largest }: { cwd: string; largest: number }): Promise<Folder> {
  const folder = path.resolve(cwd, name);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    if (['EEXIST', 'ENOTDIR'].includes(systemCode(cause)))
      throw new LocalError(`${name} is a file, not a folder`, { cause, hint: '--out takes a folder' });
    throw new LocalError(`can't create the folder ${name}: ${systemWords(cause)}`, {
      cause,
      hint: 'choose another folder with --out',
    });
  });
  const width = Math.max(4, String(largest).length);
  return {
    async write({ seq, words, extension, text }) {
      const file = `${[String(seq).padStart(width, '0'), ...words.map(plain).filter(Boolean)].join('-')}.${extension}`;
      await writeNew(path.join(folder, file), path.join(name, file), text);
      return path.join(name, file);
    },
    open: file => openNew(path.join(folder, file), path.join(name, file)),
  };
}

/** Returns letters, digits and hyphens only: safe on every file system, and never a path to another folder. */
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
    // A partial file would look complete.
    if (systemCode(cause) !== 'EEXIST') await unlink(file).catch(() => undefined);
    throw cannotWrite(shown, cause);
  }
}

const mostHeld = 65_536;

async function openNew(file: string, shown: string): Promise<OpenFile> {
  const handle = await open(file, 'wx').catch((cause: unknown) => {
    throw cannotWrite(shown, cause);
  });
  let held = '';
  let isBroken = false;
  const flush = async (): Promise<void> => {
    const text = held;
    held = '';
    await handle.writeFile(text).catch(async (cause: unknown) => {
      isBroken = true;
      await handle.close();
      await unlink(file).catch(() => undefined);
      throw cannotWrite(shown, cause);
    });
  };
  return {
    name: shown,
    async append(text) {
      held += text;
      if (held.length >= mostHeld) await flush();
    },
    async close() {
      if (isBroken) return;
      await flush();
      await handle.close();
    },
  };
}

const cannotWrite = (shown: string, cause: unknown): LocalError =>
  systemCode(cause) === 'EEXIST'
    ? new LocalError(`${shown} already exists, and files are never overwritten`, {
        cause,
        hint: 'choose an empty folder with --out, or empty this one',
      })
    : new LocalError(`can't write ${shown}: ${systemWords(cause)}`, {
        cause,
        hint: 'choose another folder with --out',
      });
