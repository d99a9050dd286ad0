import { InputError } from '../errors.js';
import type { CapturedRequest, CaptureEntry } from './captured-request.js';
import type { CaptureFormat } from './formats.js';
import { readHar } from './har.js';
import { readHttpMessage } from './http-message.js';
import { readRecording } from './ndjson.js';
import { formatOf, withoutMark } from './recognise.js';

/**
 * The requests in a stream of bytes, several at a time, whose format shows in its first ones unless it is given. Throws
 * InputError.
 */
export async function* readCaptures(
  stream: AsyncIterable<Buffer>,
  given?: CaptureFormat,
): AsyncGenerator<readonly CaptureEntry[]> {
  const { head, format: shown, rest } = await peek(stream);
  if (shown === 'nothing') return;
  const format = given ?? shown;
  if (format === 'recording') yield* readRecording(joined(withoutMark(head), rest));
  else yield documents[format].read(await collect(joined(head, rest), documents[format])).map(entryOf);
}

const entryOf = (request: CapturedRequest): CaptureEntry => ({ kind: 'request', request });

interface Document {
  name: string;
  hint: string;
  read: (bytes: Uint8Array) => CapturedRequest[];
}

/** What is read as a whole. */
const documents: Record<Exclude<CaptureFormat, 'recording'>, Document> = {
  har: { name: 'a HAR file', hint: 'export fewer requests at a time', read: readHar },
  http: {
    name: 'a raw HTTP message',
    hint: 'is it one? a recording is known by {"v":1 at the beginning of its lines',
    read: bytes => [readHttpMessage(bytes)],
  },
};

/** In MiB. JSON of one piece can't be streamed, and the longest string that Node holds isn't much longer. */
const largestDocument = 256;

/** All bytes; of what is too large, no more than show that. */
async function collect(stream: AsyncIterable<Buffer>, { name, hint }: Document): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > largestDocument * 1024 * 1024)
      throw new InputError(`${name} can't be streamed, and this one is larger than ${largestDocument} MiB`, { hint });
  }
  return Buffer.concat(chunks);
}

interface Peeked {
  head: Buffer;
  format: CaptureFormat | 'nothing';
  rest: AsyncIterable<Buffer>;
}

/** As many of the first chunks as tell the format, and what comes after them. */
async function peek(stream: AsyncIterable<Buffer>): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => iterator };
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const next = await iterator.next();
    if (next.done !== true) head = Buffer.concat([head, next.value]);
    const format = formatOf(head, { isWhole: next.done === true });
    if (format) return { head, format, rest };
  }
}

/** An end that was reached is reached again: iterators stay at theirs. */
async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}
