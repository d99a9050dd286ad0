import { createReadStream } from 'node:fs';
import type { CaptureEntry } from '../../src/capture/captured-request.js';
import { readRecording } from '../../src/capture/ndjson.js';

/** What is in a recording, one after the other. */
export async function* entriesOf(file: string): AsyncGenerator<CaptureEntry> {
  for await (const entries of readRecording(createReadStream(file))) yield* entries;
}
