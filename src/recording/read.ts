import type { CapturedRequest, CaptureEntry } from './captured-request.js';
import type { CaptureFormat } from './formats.js';
import { InputError } from '../errors.js';
import { formatOf, withoutMark } from './recognise.js';
import { piecesOf } from './lines.js';
import { joined, peek, wholeOf } from './stream.js';

/** A recording in pieces, and how to read them; or what is in a file of another format, which can't be streamed. */
export type Captures =
  | { pieces: AsyncIterable<Buffer>; entriesIn: (piece: Buffer) => readonly CaptureEntry[] }
  | { entries: readonly CaptureEntry[] };

/** What is in a stream of bytes, whose format shows in its first ones unless it is given. Throws InputError. */
export async function openCaptures(stream: AsyncIterable<Buffer>, given?: CaptureFormat): Promise<Captures> {
  const { head, told, rest } = await peek(stream, (bytes, isWhole) => formatOf(bytes, { isWhole }));
  if (told === 'nothing') return { entries: [] };
  const format = given ?? told;
  if (format === 'recording') {
    const { entriesIn } = await import('./ndjson.js');
    return { pieces: piecesOf(joined(withoutMark(head), rest)), entriesIn };
  }
  const bytes = await wholeOf(joined(head, rest), documents[format]);
  return { entries: (await documents[format].read(bytes)).map(entryOf) };
}

/** The same, several requests at a time. */
export async function* readCaptures(
  stream: AsyncIterable<Buffer>,
  given?: CaptureFormat,
): AsyncGenerator<readonly CaptureEntry[]> {
  const captures = await openCaptures(stream, given);
  if ('entries' in captures) yield captures.entries;
  else for await (const piece of captures.pieces) yield captures.entriesIn(piece);
}

const entryOf = (request: CapturedRequest): CaptureEntry => ({ kind: 'request', request });

interface Document {
  name: string;
  hint: string;
  read: (bytes: Uint8Array) => Promise<CapturedRequest[]>;
}

const knownForms =
  'a recording comes from "listen --save", a raw request begins with a line like "POST /webhooks HTTP/1.1"';

/** What is read as a whole. Each reader is loaded when there is something for it: that of HAR takes longer to load than a request to verify. */
const documents: Record<Exclude<CaptureFormat, 'recording'> | 'unknown', Document> = {
  har: {
    name: 'a HAR file',
    hint: 'export fewer requests at a time',
    read: async bytes => (await import('./har/reader.js')).readHar(bytes),
  },
  http: {
    name: 'a raw HTTP message',
    hint: 'is it one? a recording is known by {"v":1 at the beginning of its lines',
    read: async bytes => [(await import('./http/message.js')).readHttpMessage(bytes)],
  },
  unknown: {
    name: 'a file of an unknown form',
    hint: knownForms,
    read: () =>
      Promise.reject(new InputError("this isn't a recording, a HAR file or a raw HTTP request", { hint: knownForms })),
  },
};
