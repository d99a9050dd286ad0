import { link, open, realpath, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { systemCode } from '../errors.js';
import type { Clock } from '../ports.js';

interface Writing {
  /** Names the temporary file. */
  clock: Pick<Clock, 'randomBytes'>;
  /** Permissions of a new file. Default: by the user's umask. */
  mode?: number;
  /** Whether to flush the bytes to disk before the file gets its name. */
  isSynced?: boolean;
}

/**
 * Writes a file completely or not at all: nobody reads half of it, and a crash leaves the old content. A link is
 * replaced by the file. Throws the system's errors.
 */
export const replaceFile = (file: string, content: string | Uint8Array, writing: Writing): Promise<void> =>
  placeWhole({ file, content, place: rename }, writing);

/** The same, but keeps an existing file: if two processes start at once, the first one's file stays. */
export const createFile = (file: string, content: string | Uint8Array, writing: Writing): Promise<void> =>
  placeWhole({ file, content, place: linkUnlessThere }, writing);

/** The same as `replaceFile`, but follows links, and writes into a pipe or a device instead of replacing it. */
export async function writeThrough(file: string, content: string | Uint8Array, writing: Writing): Promise<void> {
  const target = await realpath(file).catch(() => file);
  if (await isSpecial(target)) await writeFile(target, content);
  else await replaceFile(target, content, writing);
}

interface Placing {
  file: string;
  content: string | Uint8Array;
  /** Gives the complete temporary file its final name. */
  place: (temporary: string, file: string) => Promise<void>;
}

/** Writes a temporary file next to `file`, then places it. Never leaves the temporary file behind. */
export async function placeWhole(
  { file, content, place }: Placing,
  { clock, mode = 0o666, isSynced = false }: Writing,
): Promise<void> {
  const temporary = `${file}.${Buffer.from(clock.randomBytes(6)).toString('hex')}`;
  const handle = await open(temporary, 'wx', mode);
  try {
    await writeWhole(handle, content, isSynced);
    await place(temporary, file);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function writeWhole(handle: FileHandle, content: string | Uint8Array, isSynced: boolean): Promise<void> {
  try {
    await handle.writeFile(content);
    if (isSynced) await handle.sync();
  } finally {
    await handle.close();
  }
}

const linkUnlessThere = (temporary: string, file: string): Promise<void> =>
  link(temporary, file).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });

const isSpecial = (target: string): Promise<boolean> =>
  stat(target).then(
    found => !found.isFile() && !found.isDirectory(),
    () => false,
  );
