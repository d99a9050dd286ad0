import path from 'node:path';
import { InputError, shortageOf, systemCode, type CommandError, systemWords } from '../../errors.js';
import { openFile } from '../../file/open-file.js';
import type { Ports } from '../../contract/command.js';
import { hintFor } from './capture-hints.js';

/**
 * Reads all bytes of a file, or of standard input for `-`. Throws InputError. `missingHint` is what to do if there is no
 * such file.
 */
export async function readBody(
  name: string,
  { environment: { cwd, readStdin, signal } }: Pick<Ports, 'environment'>,
  missingHint?: string,
): Promise<Uint8Array> {
  if (name === '-') return readStdin();
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of chunksOf(path.resolve(cwd, name), signal)) chunks.push(chunk);
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  } catch (cause) {
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause, missingHint);
  }
}

/** Streams the bytes of a file, or of standard input for `-`. Fails with an error of the system. */
export const bytesOf = (
  name: string,
  { environment: { cwd, openStdin, signal } }: Pick<Ports, 'environment'>,
): AsyncIterable<Buffer> => (name === '-' ? openStdin() : chunksOf(path.resolve(cwd, name), signal));

async function* chunksOf(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { chunks, close } = await openFile(file, signal);
  try {
    yield* chunks();
  } finally {
    await close();
  }
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

function unreadable(name: string, cause: unknown, missingHint?: string): CommandError {
  const message = `can't read ${name}: ${systemWords(cause)}`;
  const hint = unreadableHint(name, systemCode(cause), missingHint);
  return shortageOf(cause, message) ?? new InputError(message, { cause, hint });
}

function unreadableHint(name: string, code: string, missingHint = 'is the path right, seen from this folder?'): string {
  if (code === 'EISDIR') return `name the files in it, as in ${name.replace(/\/+$/, '')}/*`;
  if (code === 'EACCES' || code === 'EPERM') return 'check its permissions';
  if (/^https?:\/\//.test(name)) return 'a file is expected here; the URL of a receiver goes with --url';
  return missingHint;
}
