import { createReadStream } from 'node:fs';
import type { CaptureEntry } from '../../src/recording/captured-request.js';
import { linesIn, piecesOf } from '../../src/recording/lines.js';
import { entriesIn } from '../../src/recording/ndjson.js';

/** What is in a recording, one after the other. */
export const entriesOf = (file: string): AsyncGenerator<CaptureEntry> => entriesFrom(createReadStream(file));

export async function* entriesFrom(stream: AsyncIterable<Buffer>): AsyncGenerator<CaptureEntry> {
  for await (const piece of piecesOf(stream)) yield* entriesIn(piece);
}

/** The lines of a stream, as bytes. */
export async function* linesOf(stream: AsyncIterable<Buffer>, longest?: number): AsyncGenerator<Buffer> {
  for await (const piece of piecesOf(stream, longest)) yield* linesIn(piece);
}
