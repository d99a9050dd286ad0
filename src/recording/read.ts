import { UnknownFormatError } from './capture-error.js';
import type { CaptureEntry } from './captured-request.js';
import type { Exchange, ExchangeEntry } from './exchanges.js';
import { formatOf, withoutMark, type CaptureFormat } from './formats.js';
import { lookOf } from './looks.js';
import { piecesOf } from './lines.js';
import { joined, peek, wholeOf, type Document } from './stream.js';

/** A recording comes in pieces, with functions to read them. Other formats can't be streamed, so all their entries are here. */
export type Captures =
  | {
      pieces: AsyncIterable<Buffer>;
      entriesIn: (piece: Buffer) => readonly CaptureEntry[];
      /** With the receiver's verdicts on requests, and responses as separate entries. */
      exchangesIn: (piece: Buffer) => readonly ExchangeEntry[];
    }
  | { entries: readonly CaptureEntry[] };

/** Opens a stream of bytes as a capture, and recognises its format unless it is given. Throws CaptureError. */
export async function openCaptures(stream: AsyncIterable<Buffer>, given?: CaptureFormat): Promise<Captures> {
  const { head, told, rest } = await peek(stream, (bytes, isWhole) => {
    const recognised = formatOf(bytes, { isWhole });
    return recognised && { recognised, isWhole };
  });
  if (told.recognised === 'nothing') return { entries: [] };
  const format = given ?? told.recognised;
  if (format === 'unknown') throw new UnknownFormatError(lookOf(head, told));
  if (format === 'recording') {
    const { entriesIn, exchangesIn } = await import('./ndjson.js');
    return { pieces: piecesOf(joined(withoutMark(head), rest)), entriesIn, exchangesIn };
  }
  const { read, ...document } = documents[format];
  return { entries: await read(await wholeOf(joined(head, rest), document)) };
}

/** Reads all entries, several at a time. Throws CaptureError. */
export async function* readCaptures(
  stream: AsyncIterable<Buffer>,
  given?: CaptureFormat,
): AsyncGenerator<readonly CaptureEntry[]> {
  const captures = await openCaptures(stream, given);
  if ('entries' in captures) yield captures.entries;
  else for await (const piece of captures.pieces) yield captures.entriesIn(piece);
}

/** Reads requests, each with its response if the capture has one. Throws CaptureError. */
export async function* readExchanges(stream: AsyncIterable<Buffer>, given?: CaptureFormat): AsyncGenerator<Exchange> {
  const captures = await openCaptures(stream, given);
  if ('entries' in captures) {
    yield* captures.entries;
    return;
  }
  const { withAnswers } = await import('./exchanges.js');
  const { pieces, exchangesIn } = captures;
  async function* entries(): AsyncGenerator<readonly ExchangeEntry[]> {
    for await (const piece of pieces) yield exchangesIn(piece);
  }
  yield* withAnswers(entries());
}

interface DocumentFormat extends Document {
  read: (bytes: Uint8Array) => Promise<CaptureEntry[]>;
}

/** Formats that are read as a whole. Readers are loaded when needed: loading that of HAR takes longer than verifying a request. */
const documents: Record<Exclude<CaptureFormat, 'recording'>, DocumentFormat> = {
  har: {
    name: 'a HAR file',
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./har/reader.js')).readHar(bytes),
  },
  http: {
    name: 'a raw HTTP message',
    ifTooLarge: 'message-too-large',
    read: async bytes => (await import('./http/message.js')).readHttpMessages(bytes),
  },
  report: {
    name: 'a file of reports',
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./foreign/report.js')).readReports(bytes),
  },
  curl: {
    name: 'output of curl',
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./foreign/curl.js')).readCurl(bytes),
  },
  ngrok: {
    name: "the JSON of ngrok's inspector",
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./foreign/ngrok.js')).readNgrok(bytes),
  },
  smee: {
    name: 'a file of events from smee.io',
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./foreign/smee.js')).readSmee(bytes),
  },
  'webhook-site': {
    name: 'an export of webhook.site',
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./foreign/webhook-site.js')).readWebhookSite(bytes),
  },
  lambda: {
    name: 'a file of events of AWS Lambda',
    ifTooLarge: 'document-too-large',
    read: async bytes => (await import('./foreign/lambda.js')).readLambda(bytes),
  },
};
