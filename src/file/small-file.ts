import { constants, open, readFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, systemCode, UsageError, systemWords } from '../errors.js';

/** Bytes. A file that is written by hand is far smaller. */
const largest = 1024 ** 2;

interface Reading {
  cwd: string;
  /** Whether it may be missing. */
  isOptional?: boolean;
  /** Whether a person named it: then it may be a pipe (`--dotenv <(…)`), and of any size. */
  isTrusted: boolean;
  /** Called with the owner's number. Throws UsageError to refuse the file. */
  refuse?: (owner: number) => void;
}

/** Reads a small text file; undefined if it is optional and missing. Throws UsageError. */
export async function readText(file: string, reading: Reading): Promise<string | undefined> {
  const shown = shownPath(file, reading.cwd);
  try {
    const bytes = reading.isTrusted ? await readFile(file) : await readSmallFile(file, shown, reading);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    if (cause instanceof TypeError) throw new UsageError(`${shown} isn't UTF-8`);
    if (reading.isOptional && systemCode(cause) === 'ENOENT') return undefined;
    if (systemCode(cause) === '') throw cause;
    throw new UsageError(`can't read ${shown}: ${systemWords(cause)}`, {
      cause,
      hint: 'check the path and its permissions',
    });
  }
}

async function readSmallFile(file: string, shown: string, { refuse }: Reading): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a FIFO waits for a writer. Systems without the flag have undefined, which counts as 0.
    const { O_RDONLY, O_NONBLOCK } = constants;
    handle = await open(file, O_RDONLY | O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile()) throw new UsageError(`${shown} isn't a file`);
    if (stat.size > largest) throw new UsageError(`${shown} has ${stat.size} bytes; ${largest} are the most`);
    refuse?.(stat.uid);
    return await handle.readFile();
  } finally {
    await handle?.close();
  }
}

export const resolvePath = (file: string, folder: string): string => path.resolve(folder, file);

/** Returns the path relative to `cwd`, or as it is if that is shorter. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative === '' || relative.length > file.length ? file : relative;
}
