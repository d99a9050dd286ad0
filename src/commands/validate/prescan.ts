import type { CaptureEntry } from '../../recording/captured-request.js';
import { linesIn, textLinesIn } from '../../recording/lines.js';
import { entryOn } from '../../recording/ndjson.js';
import type { Glimpse } from '../../event/glance.js';
import type { Mention } from '../../event/customer-status/versions.js';
import { utf8In } from '../../text/utf8.js';
import type { LineFormat } from '../payload/formats.js';
import type { Glancer, Rules } from './judge.js';

/** A body to check, or damage in a recording. */
export type BodyEntry =
  { kind: 'body'; body: Uint8Array; wasSent?: boolean | undefined } | Exclude<CaptureEntry, { kind: 'request' }>;

/** The result of prescanning a line. A number counts blank lines. */
export type Prescan = 'nothing' | 'good' | SecondLook | number;

/** The line may have problems to report. */
export interface SecondLook {
  /** The bytes of the line, one character each. */
  line: string;
  /** Set if the only possible problem is a contradiction with another body. */
  mention?: Mention | undefined;
}

/** Options for prescanning the lines of a file. */
export interface Task {
  format: LineFormat;
  rules: Rules;
}

/** In bytes. Longer than the pieces that are read, unless they have a line that is. */
const longestText = 1024 * 1024;

/** Filters out valid lines, so that only the others are checked again. */
export function prescanPiece(piece: Buffer, format: LineFormat, glancer: Glancer): Prescan[] {
  // Decoding all lines at once takes a fraction of the time, and for a long line, much memory.
  const text = format === 'ndjson' && piece.length <= longestText ? utf8In(piece) : undefined;
  const lines = text === undefined ? linesIn(piece) : textLinesIn(text);
  const prescanAll = () => lines.map(line => prescanLine(line, format, glancer));
  const together = glancer.together(piece.length, prescanAll);
  const prescans = together === 'too-slow' ? prescanAll() : together;
  // This may be the only body of the file, whose report then names the event.
  const first = prescans.indexOf('good');
  const line = lines[first];
  if (line !== undefined && typeof line !== 'number') prescans[first] = { line: latin1Of(line) };
  return prescans;
}

function prescanLine(line: string | Buffer | number, format: LineFormat, { glance }: Glancer): Prescan {
  if (typeof line === 'number') return line;
  if (typeof line === 'string') return resultOf(line, glance(line));
  const entry = entryOnLine[format](line);
  if (!entry) return 'nothing';
  const text = entry.kind === 'body' ? utf8In(entry.body) : undefined;
  if (entry.kind !== 'body' || text === undefined) return { line: latin1Of(line) };
  const { isSuspicious, mention } = glance(text);
  // A single body that mixes both versions' names does so on purpose.
  return resultOf(line, { isSuspicious, mention: entry.wasSent ? undefined : mention });
}

function resultOf(line: string | Buffer, { isSuspicious, mention }: Glimpse): Prescan {
  if (isSuspicious) return { line: latin1Of(line) };
  return mention ? { line: latin1Of(line), mention } : 'good';
}

const latin1Of = (line: string | Buffer): string =>
  (typeof line === 'string' ? Buffer.from(line) : line).toString('latin1');

/** Reads a non-blank line; undefined for a response. */
export const entryOnLine: Record<LineFormat, (line: Buffer) => BodyEntry | undefined> = {
  ndjson: line => ({ kind: 'body', body: line }),
  recording: line => {
    const entry = entryOn(line);
    if (entry?.kind !== 'request') return entry;
    const { body, wasSent } = entry.request;
    return { kind: 'body', body, wasSent };
  },
};
