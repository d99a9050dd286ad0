import { createReadStream } from 'node:fs';
import type { CapturedRequest, CaptureEntry } from '../../src/recording/captured-request.js';
import { readHar } from '../../src/recording/har/reader.js';
import { harEntry, harFrame } from '../../src/recording/har/writer.js';
import { readHttpMessages } from '../../src/recording/http/message.js';
import { linesIn, piecesOf } from '../../src/recording/lines.js';
import { entriesIn } from '../../src/recording/ndjson.js';

/** The entries of a recording, in order. */
export const entriesOf = (file: string): AsyncGenerator<CaptureEntry> => entriesFrom(createReadStream(file));

export async function* entriesFrom(stream: AsyncIterable<Buffer>): AsyncGenerator<CaptureEntry> {
  for await (const piece of piecesOf(stream)) yield* entriesIn(piece);
}

/** The lines of a stream, as bytes; blank ones are empty. */
export async function* linesOf(stream: AsyncIterable<Buffer>, longest?: number): AsyncGenerator<Buffer> {
  for await (const piece of piecesOf(stream, longest))
    yield* linesIn(piece).flatMap(line =>
      typeof line === 'number' ? Array.from({ length: line }, () => Buffer.of()) : [line],
    );
}

/** A whole HAR file. */
export function writeHar(requests: readonly CapturedRequest[], origins: { version: string; origin: string }): Buffer {
  const { head, separator, tail } = harFrame(origins);
  return Buffer.from(head + requests.map(request => harEntry(request, origins)).join(separator) + tail);
}

/** The requests of a HAR file, without unusable entries. */
export const harRequests = (bytes: Uint8Array): CapturedRequest[] => requestsAmong(readHar(bytes));

/** The first request in a raw HTTP file. */
export const httpRequest = (bytes: Uint8Array): CapturedRequest => requestsAmong(readHttpMessages(bytes))[0]!;

const requestsAmong = (entries: readonly CaptureEntry[]): CapturedRequest[] =>
  entries.flatMap(entry => (entry.kind === 'request' ? [entry.request] : []));
