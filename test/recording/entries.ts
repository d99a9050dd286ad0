import { Readable } from 'node:stream';
import type { CapturedRequest, CaptureEntry } from '../../src/recording/captured-request.js';
import type { CaptureFormat } from '../../src/recording/formats.js';
import { readCaptures } from '../../src/recording/read.js';

/** The entries in a file with this content. */
export async function entriesIn(content: string | Buffer, format?: CaptureFormat): Promise<CaptureEntry[]> {
  const entries: CaptureEntry[] = [];
  for await (const some of readCaptures(Readable.from([Buffer.from(content)]), format)) entries.push(...some);
  return entries;
}

/** The same if nothing is damaged. */
export async function requestsIn(content: string | Buffer): Promise<CapturedRequest[]> {
  return (await entriesIn(content)).map(entry => {
    if (entry.kind !== 'request') throw new Error(JSON.stringify(entry));
    return entry.request;
  });
}
