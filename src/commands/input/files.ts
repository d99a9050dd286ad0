import { open, readFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { InputError, systemCode, systemWords } from '../../errors.js';
import type { Ports } from '../../contract/command.js';
import { hintFor } from './capture-hints.js';

/**
 * Reads all bytes of a file, or of standard input for `-`. Throws InputError. `missingHint` is what to do if there is no
 * such file.
 */
export async function readBody(
  name: string,
  { environment: { cwd, readStdin } }: Pick<Ports, 'environment'>,
  missingHint?: string,
): Promise<Uint8Array> {
  if (name === '-') return readStdin();
  return readFile(path.resolve(cwd, name)).catch((cause: unknown) => {
    throw unreadable(name, cause, missingHint);
  });
}

/** Streams the bytes of a file, or of standard input for `-`. Fails with an error of the system. */
export const bytesOf = (
  name: string,
  { environment: { cwd, openStdin } }: Pick<Ports, 'environment'>,
): AsyncIterable<Buffer> => (name === '-' ? openStdin() : chunksOf(path.resolve(cwd, name)));

/** In bytes. Most files are smaller, and opening a stream takes longer than reading them. */
const smallFile = 1024 * 1024;

/** In bytes. The default of 64 KiB takes a tenth of the speed. */
const chunkSize = 256 * 1024;

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    if (await isSmall(handle)) yield await handle.readFile();
    else yield* handle.createReadStream({ autoClose: false, highWaterMark: chunkSize }) as AsyncIterable<Buffer>;
  } finally {
    await handle.close();
  }
}

async function isSmall(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size <= smallFile;
}

/** Passes items on. Adds to errors the name of the file, which its reader doesn't know, and what to do. Throws InputError. */
export async function* named<Item>(name: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (cause) {
    if (cause instanceof InputError)
      throw new InputError(`${sourceName(name)}: ${cause.message}`, { hint: hintFor(cause), cause });
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause);
  }
}

/** Returns what messages call a file, or standard input. */
export const sourceName = (file: string): string => (file === '-' ? 'standard input' : file);

const unreadable = (name: string, cause: unknown, missingHint?: string): InputError =>
  new InputError(`can't read ${name}: ${systemWords(cause)}`, {
    cause,
    hint: unreadableHint(name, systemCode(cause), missingHint),
  });

function unreadableHint(name: string, code: string, missingHint = 'is the path right, seen from this folder?'): string {
  if (code === 'EISDIR') return `name the files in it, as in ${name.replace(/\/+$/, '')}/*`;
  if (code === 'EACCES' || code === 'EPERM') return 'check its permissions';
  if (/^https?:\/\//.test(name)) return 'a file is expected here; the URL of a receiver goes with --url';
  return missingHint;
}
