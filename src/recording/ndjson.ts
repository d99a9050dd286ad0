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
export function entryOn(line: Buffer): CaptureEntry | undefined {
  if (line.length === 0) return undefined;
  const decoded = decodeRecord(line);
  if (!('flaw' in decoded)) {
    return decoded.record.kind === 'reply' ? undefined : { kind: 'request', request: requestOf(decoded) };
  }
  return decoded.flaw === 'torn' ? { kind: 'torn' } : { kind: 'corrupt', reason: decoded.reason };
}
