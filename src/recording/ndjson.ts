import type { ExchangeEntry } from './exchanges.js';
import { answerOf, decodeRecord, requestOf, verdictOf, type WholeRecord } from './decode.js';
import type { CaptureDamage, CapturedRequest, CaptureEntry } from './captured-request.js';
import { blanks, linesIn } from './lines.js';

/** Reads the lines of a piece of a recording. */
export function entriesIn(piece: Buffer): CaptureEntry[] {
  const entries: CaptureEntry[] = [];
  for (const line of linesIn(piece)) {
    const entry = typeof line === 'number' ? undefined : entryOn(line);
    if (entry) entries.push(entry);
  }
  return entries;
}

/** The same, with responses and the receiver's verdicts. */
export function exchangesIn(piece: Buffer): ExchangeEntry[] {
  const entries: ExchangeEntry[] = [];
  for (const line of linesIn(piece)) {
    const entry = typeof line === 'number' ? undefined : exchangeOn(line);
    if (entry) entries.push(entry);
  }
  return entries;
}

/** Returns the request of a record, with the receiver's verdict. */
export function judgedRequest(decoded: WholeRecord): CapturedRequest {
  const request = requestOf(decoded);
  const verdict = verdictOf(decoded);
  if (verdict) request.verdict = verdict;
  return request;
}

/** Reads a non-blank line of a recording. Returns undefined for the response to a request. */
export function entryOn(line: Buffer): CaptureEntry | undefined {
  const decoded = decodedLine(line);
  if ('kind' in decoded) return decoded;
  return decoded.record.kind === 'reply' ? undefined : { kind: 'request', request: requestOf(decoded) };
}

function exchangeOn(line: Buffer): ExchangeEntry {
  const decoded = decodedLine(line);
  if ('kind' in decoded) return decoded;
  const { kind, id, of = '' } = decoded.record;
  if (kind === 'reply') return { kind: 'answer', of, answer: answerOf(decoded) };
  return { kind: 'request', id, request: judgedRequest(decoded) };
}

/** Decodes a line with any kind of record. */
export function decodedLine(line: Buffer): WholeRecord | CaptureDamage {
  const decoded = decodeRecord(withoutTrailingBlanks(line));
  if (!('flaw' in decoded)) return decoded;
  return decoded.flaw === 'torn' ? { kind: 'torn' } : { kind: 'corrupt', reason: decoded.reason };
}

/** Git and some editors add a CR or blanks to each line. No record ends with either. */
function withoutTrailingBlanks(line: Buffer): Buffer {
  let end = line.length;
  while (blanks.includes(line[end - 1])) end -= 1;
  return end === line.length ? line : line.subarray(0, end);
}
