import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { InputError, systemCode } from '../../errors.js';
import type { Ports } from '../command.js';
import { unreadable } from './unreadable.js';

/** Most files are small, and a stream costs more than all the rest. In bytes. */
const small = 1024 * 1024;

/** In bytes: the default of 64 KiB costs a tenth of the speed. */
const chunkSize = 256 * 1024;

/** The bytes of a file as they come, or of standard input for `-`. */
export const bytesOf = (
  name: string,
  { environment: { cwd, openStdin } }: Pick<Ports, 'environment'>,
): AsyncIterable<Buffer> => (name === '-' ? openStdin() : chunksOf(path.resolve(cwd, name)));

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
  return stats.isFile() && stats.size <= small;
}

/** The same items; what is wrong with them is told with the name of their file, which their reader doesn't know. */
export async function* named<Item>(name: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (cause) {
    if (cause instanceof InputError)
      throw new InputError(`${sourceName(name)}: ${cause.message}`, { hint: cause.hint, cause });
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause);
  }
}

/** What a message calls a file, or standard input. */
export const sourceName = (file: string): string => (file === '-' ? 'standard input' : file);
