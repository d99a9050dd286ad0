import { decodeRecord, requestOf, type CaptureRecord } from './record.js';
import type { CaptureEntry } from './captured-request.js';

/** Longer than any record: the largest body of a listener is 64 MiB, in base64. */
const longestLine = 128 * 1024 * 1024;

const lineFeed = 0x0a;

/**
 * The lines of a stream, as bytes and without their line breaks; empty ones are left out. Split at LF alone: a line
 * reader of Node's would split at a lone CR, too.
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const line =
        rest.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...rest, chunk.subarray(start, end)]);
      if (line.length > 0) yield line;
      [rest, length, start] = [[], 0, end + 1];
    }
    if (start < chunk.length && length <= longestLine) {
      rest.push(chunk.subarray(start));
      length += chunk.length - start;
    }
  }
  if (length > 0) yield Buffer.concat(rest);
}

/** The requests of a recording, streamed: memory doesn't grow with its size. */
export async function* readRecording(
  stream: AsyncIterable<Buffer>,
  kinds: readonly CaptureRecord['kind'][] = ['request', 'sent'],
): AsyncGenerator<CaptureEntry> {
  for await (const line of linesOf(stream)) {
    const decoded = decodeRecord(line);
    if ('flaw' in decoded)
      yield decoded.flaw === 'torn' ? { kind: 'torn' } : { kind: 'corrupt', reason: decoded.reason };
    else if (kinds.includes(decoded.record.kind)) yield { kind: 'request', request: requestOf(decoded) };
  }
}
