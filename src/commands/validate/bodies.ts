import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readCaptures } from '../../capture/read.js';
import { InputError, systemCode } from '../../errors.js';
import type { Context } from '../command.js';
import type { BodyFormat } from './formats.js';
import { numberedLines } from './lines.js';

/** A body to judge and where it stands, or what stands there instead. */
export type BodyEntry =
  /** `line`: of the file, from 1. `index`: of a request in a recording, from 1; its lines are counted within its body. */
  | { kind: 'body'; body: Uint8Array; line: number; index?: number }
  | { kind: 'torn' }
  | { kind: 'corrupt'; reason: string };

/** The bodies in a file, or on standard input for `-`, in batches; all but single JSON documents are streamed. Throws InputError. */
export async function* bodiesIn(
  name: string,
  format: BodyFormat | undefined,
  { cwd, openStdin }: Pick<Context, 'cwd' | 'openStdin'>,
): AsyncGenerator<BodyEntry[]> {
  try {
    const { head, whole } = await peek(name === '-' ? openStdin() : chunksOf(path.resolve(cwd, name)));
    yield* readers[format ?? formatOf(name, head)](whole);
  } catch (cause) {
    if (cause instanceof InputError) throw new InputError(`${name}: ${cause.message}`, { hint: cause.hint, cause });
    if (systemCode(cause) === '') throw cause;
    throw new InputError(`can't read ${name} (${systemCode(cause)})`, {
      cause,
      hint: 'is the path right, seen from this folder?',
    });
  }
}

/** Most files are small, and a stream costs more than all the rest. In bytes. */
const small = 1024 * 1024;

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    if (await isSmall(handle)) yield await handle.readFile();
    else yield* handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
  } finally {
    await handle.close();
  }
}

async function isSmall(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size <= small;
}

const readers: Record<BodyFormat, (whole: AsyncIterable<Buffer>) => AsyncGenerator<BodyEntry[]>> = {
  async *json(whole) {
    yield [{ kind: 'body', body: await buffer(Readable.from(limited(whole))), line: 1 }];
  },
  async *ndjson(whole) {
    for await (const lines of numberedLines(whole)) {
      yield lines.map(({ bytes, number }) => ({ kind: 'body', body: bytes, line: number }));
    }
  },
  async *recording(whole) {
    let index = 0;
    for await (const entries of readCaptures(whole, 'recording')) {
      yield entries.map(entry =>
        entry.kind === 'request' ? { kind: 'body', body: entry.request.body, line: 1, index: (index += 1) } : entry,
      );
    }
  },
};

/** In bytes: what must be in memory as a whole. */
const largestDocument = 256 * 1024 * 1024;

async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > largestDocument) {
      throw new InputError('a JSON document of more than 256 MiB', {
        hint: 'write one event a line, and it is read line by line',
      });
    }
    yield chunk;
  }
}

function formatOf(name: string, head: Buffer): BodyFormat {
  const text = head.toString('utf8').replace(/^\ufeff?\s*/, '');
  if (/^\{"v":\d/.test(text)) return 'recording';
  if (/\.(?:ndjson|jsonl)$/i.test(name)) return 'ndjson';
  const [, first = '', rest = ''] = /^([^\n]*)\n\s*(.?)/.exec(text) ?? [];
  return rest !== '' && isJson(first) ? 'ndjson' : 'json';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** So many bytes, or a line's end and something after it, tell what a file is. */
const enough = 64 * 1024;

/** The beginning of a stream, and the stream from its beginning. */
async function peek(stream: AsyncIterable<Buffer>): Promise<{ head: Buffer; whole: AsyncIterable<Buffer> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < enough) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  async function* again(): AsyncGenerator<Buffer> {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: Buffer.concat(chunks).subarray(0, enough), whole: again() };
}
