import { decodeRecord, requestOf } from './record.js';
import type { CaptureEntry } from './captured-request.js';
import { linesIn } from './lines.js';

/** Reads the lines of a piece of a recording. */
export function entriesIn(piece: Buffer): CaptureEntry[] {
  const entries: CaptureEntry[] = [];
  for (const line of linesIn(piece)) {
    const entry = entryOn(line);
    if (entry) entries.push(entry);
  }
  return entries;
}

/** Reads a line of a recording. Returns undefined for an empty one, and for the reply to a request. */
export function entryOn(whole: Buffer): CaptureEntry | undefined {
  const line = withoutTrailingBlanks(whole);
  if (line.length === 0) return undefined;
  const decoded = decodeRecord(line);
  if (!('flaw' in decoded)) {
    return decoded.record.kind === 'reply' ? undefined : { kind: 'request', request: requestOf(decoded) };
  }
  return decoded.flaw === 'torn' ? { kind: 'torn' } : { kind: 'corrupt', reason: decoded.reason };
}

const blanks: readonly (number | undefined)[] = [0x20, 0x09, 0x0d];

/** Git and some editors add a CR to each line, or blanks. No record ends with either. */
function withoutTrailingBlanks(line: Buffer): Buffer {
  let end = line.length;
  while (blanks.includes(line[end - 1])) end -= 1;
  return end === line.length ? line : line.subarray(0, end);
}
