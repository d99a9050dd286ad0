import { decodeRecord, requestOf, type CaptureRecord } from './record.js';
import type { CaptureEntry } from './captured-request.js';
import { linesIn, piecesOf } from './lines.js';

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
