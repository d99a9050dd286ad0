import { constants, open, readFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, systemCode, UsageError, systemWords } from '../errors.js';

/** Bytes; what people write by hand is far smaller. */
const largest = 1024 ** 2;

interface Reading {
  cwd: string;
  /** Whether it may be missing. */
  isOptional?: boolean;
  /** Whether a person named it: then a pipe will do (`--dotenv <(…)`), and its size is theirs to choose. */
  isTrusted: boolean;
  /** Looks at whose it is. Throws UsageError. */
  refuse?: (owner: number) => void;
}

/** A small text file. Throws UsageError. */
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
      hint: 'is the path right, and may you read it?',
    });
  }
}

async function readSmallFile(file: string, shown: string, { refuse }: Reading): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, a FIFO that nobody writes to would be waited for. Where there is no such flag, it counts as 0.
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

/** As short as it can be said from here. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative === '' || relative.length > file.length ? file : relative;
}
