import type { CapturedRequest, CaptureEntry } from './captured-request.js';
import type { CaptureFormat } from './formats.js';
import { readHar } from './har.js';
import { readHttpMessage } from './http-message.js';
import { entriesIn, piecesOf } from './ndjson.js';
import { formatOf, withoutMark } from './recognise.js';
import { joined, peek, wholeOf } from './stream.js';

/** A recording in pieces, which `entriesIn` reads, or what is in a file of another format, which can't be streamed. */
export type Captures = { pieces: AsyncIterable<Buffer> } | { entries: readonly CaptureEntry[] };

/** What is in a stream of bytes, whose format shows in its first ones unless it is given. Throws InputError. */
export async function openCaptures(stream: AsyncIterable<Buffer>, given?: CaptureFormat): Promise<Captures> {
  const { head, told, rest } = await peek(stream, (bytes, isWhole) => formatOf(bytes, { isWhole }));
  if (told === 'nothing') return { entries: [] };
  const format = given ?? told;
  if (format === 'recording') return { pieces: piecesOf(joined(withoutMark(head), rest)) };
  return { entries: documents[format].read(await wholeOf(joined(head, rest), documents[format])).map(entryOf) };
}

/** The same, several requests at a time. */
export async function* readCaptures(
  stream: AsyncIterable<Buffer>,
  given?: CaptureFormat,
): AsyncGenerator<readonly CaptureEntry[]> {
  const captures = await openCaptures(stream, given);
  if ('entries' in captures) yield captures.entries;
  else for await (const piece of captures.pieces) yield entriesIn(piece);
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
