import path from 'node:path';
import { InputError, localIfShort, systemCode, systemWords, type LocalError } from '../../errors.js';
import { openFile } from '../../file/open-file.js';
import type { Ports } from '../../contract/command.js';
import { hintFor } from './capture-hints.js';

/**
 * Reads all bytes of a file, or of standard input for `-`. Throws InputError. `missingHint` is the hint if there is no
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

/** Streams the bytes of a file, or of standard input for `-`. Fails with a system error. */
export const bytesOf = (
  name: string,
  { environment: { cwd, openStdin, signal } }: Pick<Ports, 'environment'>,
): AsyncIterable<Buffer> => (name === '-' ? openStdin() : chunksOf(path.resolve(cwd, name), signal));

async function* chunksOf(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { chunks, close } = await openFile(file, signal);
  try {
    yield* chunks();
  } finally {
    close();
  }
}

/**
 * Passes items through. Adds the file's name, which its reader doesn't know, and a hint to errors. Throws InputError.
 */
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

/** Returns the name of a file, or of standard input, for messages. */
export const sourceName = (file: string): string => (file === '-' ? 'standard input' : file);

const unreadable = (name: string, cause: unknown, missingHint?: string): InputError | LocalError =>
  localIfShort(
    new InputError(`can't read ${name}: ${systemWords(cause)}`, {
      cause,
      hint: unreadableHint(name, systemCode(cause), missingHint),
    }),
  );

function unreadableHint(
  name: string,
  code: string,
  missingHint = 'is the path right, relative to this folder?',
): string {
  if (code === 'EISDIR') return `pass the files in it, as in ${name.replace(/\/+$/, '')}/*`;
  if (code === 'EACCES' || code === 'EPERM') return 'check its permissions';
  if (/^https?:\/\//.test(name)) return 'this takes a file; pass the URL of a receiver with --url';
  return missingHint;
}
