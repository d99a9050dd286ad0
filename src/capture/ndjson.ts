import { decodeRecord, requestOf, type CaptureRecord } from './record.js';
import type { CaptureEntry } from './captured-request.js';

/** Longer than any record: the largest body of a listener is 64 MiB, in base64. */
const longestLine = 128 * 1024 * 1024;

const lineFeed = 0x0a;

/** Pieces of a stream that end with a line, all but the last with its line break; one for each chunk with a line's end. */
export async function* piecesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end > 0) {
      const piece = chunk.subarray(0, end);
      yield rest.length === 0 ? piece : Buffer.concat([...rest, piece]);
      [rest, length] = [[], 0];
    }
    if (end < chunk.length && length <= longestLine) {
      rest.push(chunk.subarray(end));
      length += chunk.length - end;
    }
  }
  if (length > 0) yield Buffer.concat(rest);
}

/** The lines of a piece, without their line breaks. Split at LF alone: a line reader of Node's would split at a lone CR, too. */
export function linesIn(piece: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
    lines.push(piece.subarray(start, end));
    start = end + 1;
  }
  if (start < piece.length) lines.push(piece.subarray(start));
  return lines;
}

/** The lines of a stream, as bytes, several at a time. */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  for await (const piece of piecesOf(stream)) yield linesIn(piece);
}

type Kinds = readonly CaptureRecord['kind'][];

const requestKinds: Kinds = ['request', 'sent'];

/** The requests of a recording, streamed: memory doesn't grow with its size. Several at a time, for speed. */
export async function* readRecording(
  stream: AsyncIterable<Buffer>,
  kinds: Kinds = requestKinds,
): AsyncGenerator<CaptureEntry[]> {
  for await (const piece of piecesOf(stream)) yield entriesIn(piece, kinds);
}

/** What is in a piece of a recording. */
export function entriesIn(piece: Buffer, kinds: Kinds = requestKinds): CaptureEntry[] {
  const entries: CaptureEntry[] = [];
  for (const line of linesIn(piece)) {
    const entry = entryOn(line, kinds);
    if (entry) entries.push(entry);
  }
  return entries;
}

/** What is on a line of a recording; nothing on an empty one, or on one with a record of another kind. */
export function entryOn(line: Buffer, kinds: Kinds = requestKinds): CaptureEntry | undefined {
  if (line.length === 0) return undefined;
  const decoded = decodeRecord(line);
  if (!('flaw' in decoded)) {
    return kinds.includes(decoded.record.kind) ? { kind: 'request', request: requestOf(decoded) } : undefined;
  }
  return decoded.flaw === 'torn' ? { kind: 'torn' } : { kind: 'corrupt', reason: decoded.reason };
}
