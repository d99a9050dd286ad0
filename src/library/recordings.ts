import { isUint8Array } from 'node:util/types';
import { InputError, localIfShort, systemCode, systemWords, UsageError } from '../errors.js';
import type { CapturedRequest } from '../recording/captured-request.js';

/** A request of a recording, with its response if that was recorded. */
export interface RecordedRequest extends CapturedRequest {
  kind: 'request';
  /** From 1. */
  position: number;
}

/**
 * A request, or a record that can't be used: `torn` was never finished, so the request was never acknowledged;
 * `corrupt` isn't what was written; `unplaced` is a response to no request of this recording.
 */
export type RecordedEntry =
  RecordedRequest | { kind: 'torn' } | { kind: 'corrupt'; reason: string } | { kind: 'unplaced' };

/** The path of a file, its bytes, or a stream of them. */
export type RecordingSource = string | URL | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Reads a recording, or any other capture that `webhook-cli verify` reads: HAR, raw HTTP, output of curl, and more.
 * Recordings are streamed, and may be larger than memory. Throws InputError while it is iterated, if there is no such
 * file or if it isn't a capture.
 */
export async function* readRecording(source: RecordingSource): AsyncGenerator<RecordedEntry, void, undefined> {
  const { readExchanges } = await import('../recording/read.js');
  let position = 0;
  for await (const entry of readExchanges(chunksOf(source))) {
    if (entry.kind !== 'request') yield entry;
    else yield { kind: 'request', position: ++position, ...entry.request };
  }
}

async function* chunksOf(source: RecordingSource): AsyncGenerator<Buffer> {
  if (typeof source === 'string' || source instanceof URL) yield* fileChunks(source);
  else if (isUint8Array(source)) yield buffered(source);
  else if (isAsyncIterable(source)) for await (const chunk of source) yield buffered(chunk);
  else throw new UsageError('there is no recording', { hint: 'pass the path of a file, bytes, or a stream of them' });
}

const isAsyncIterable = (source: unknown): boolean =>
  typeof source === 'object' && source !== null && Symbol.asyncIterator in source;

const buffered = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);

async function* fileChunks(source: string | URL): AsyncGenerator<Buffer> {
  const [{ openFile }, { fileURLToPath }] = await Promise.all([import('../file/open-file.js'), import('node:url')]);
  const file = typeof source === 'string' ? source : fileURLToPath(source);
  try {
    const { chunks, close } = await openFile(file);
    try {
      yield* chunks();
    } finally {
      close();
    }
  } catch (cause) {
    if (systemCode(cause) === '') throw cause;
    throw localIfShort(new InputError(`can't read ${file}: ${systemWords(cause)}`, { cause }));
  }
}
