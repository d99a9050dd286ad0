import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { CapturedRequest, CaptureEntry } from './captured-request.js';
import type { CaptureFormat } from './formats.js';
import { readHar } from './har.js';
import { readHttpMessage } from './http-message.js';
import { readRecording } from './ndjson.js';

/** The requests in a stream of bytes, whose format shows in its first ones unless it is given. Throws InputError. */
export async function* readCaptures(
  stream: AsyncIterable<Buffer>,
  given?: CaptureFormat,
): AsyncGenerator<CaptureEntry> {
  const { head, whole } = await peek(stream);
  const format = given ?? formatOf(head);
  if (format === 'recording') yield* readRecording(whole);
  else if (head.length > 0) {
    const bytes = await buffer(Readable.from(whole));
    const requests = format === 'har' ? readHar(bytes) : [readHttpMessage(bytes)];
    yield* requests.map(entryOf);
  }
}

const entryOf = (request: CapturedRequest): CaptureEntry => ({ kind: 'request', request });

/** A recording's records begin with their version; any other JSON can only be HAR; a message begins with its method. */
function formatOf(head: Buffer): CaptureFormat {
  const start = trimmed(head);
  if (/^\{"v":\d/.test(start)) return 'recording';
  return start.startsWith('{') ? 'har' : 'http';
}

/** As many of the first chunks as tell the format, and the stream from its beginning. */
async function peek(stream: AsyncIterable<Buffer>): Promise<{ head: Buffer; whole: AsyncIterable<Buffer> }> {
  const iterator = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let isDone = false;
  while (!isDone && trimmed(head).length < enough) {
    const next = await iterator.next();
    isDone = next.done === true;
    if (!next.done) head = Buffer.concat([head, next.value]);
  }
  async function* again(): AsyncGenerator<Buffer> {
    yield head;
    if (!isDone) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head, whole: again() };
}

/** Characters that tell a record from anything else. */
const enough = 16;

const trimmed = (head: Buffer): string =>
  head
    .subarray(0, 1000)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/, '');
