import { decodeRecord, requestOf, type CaptureRecord } from './record.js';
import type { CaptureEntry } from './captured-request.js';

/** Longer than any record: the largest body of a listener is 64 MiB, in base64. */
const longestLine = 128 * 1024 * 1024;

const lineFeed = 0x0a;

/**
 * The lines of a stream, as bytes and without their line breaks, those that end in one chunk together. Split at LF alone: a line reader of Node's would split at a lone CR, too.
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const line =
        rest.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...rest, chunk.subarray(start, end)]);
      lines.push(line);
      [rest, length, start] = [[], 0, end + 1];
    }
    if (start < chunk.length && length <= longestLine) {
      rest.push(chunk.subarray(start));
      length += chunk.length - start;
    }
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [Buffer.concat(rest)];
}

/** The requests of a recording, streamed: memory doesn't grow with its size. Several at a time, for speed. */
export async function* readRecording(
  stream: AsyncIterable<Buffer>,
  kinds: readonly CaptureRecord['kind'][] = ['request', 'sent'],
): AsyncGenerator<CaptureEntry[]> {
  for await (const lines of linesOf(stream)) {
    yield lines.flatMap(line => (line.length === 0 ? [] : entriesOf(line, kinds)));
  }
}

/** None for a record of another kind. */
function entriesOf(line: Buffer, kinds: readonly CaptureRecord['kind'][]): CaptureEntry[] {
  const decoded = decodeRecord(line);
  if (!('flaw' in decoded)) {
    return kinds.includes(decoded.record.kind) ? [{ kind: 'request', request: requestOf(decoded) }] : [];
  }
  return [decoded.flaw === 'torn' ? { kind: 'torn' } : { kind: 'corrupt', reason: decoded.reason }];
}
