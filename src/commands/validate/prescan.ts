import type { CaptureEntry } from '../../recording/captured-request.js';
import { linesIn } from '../../recording/lines.js';
import { entryOn } from '../../recording/ndjson.js';
import type { Mention } from '../../event/customer-status/versions.js';
import type { LineFormat } from '../payload/formats.js';
import type { Judge, Rules } from './judge.js';

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

/** Filters out valid lines, so that only the others are checked again. */
export function prescanPiece(piece: Buffer, format: LineFormat, judge: Judge): Prescan[] {
  const lines = linesIn(piece);
  const prescanAll = () => lines.map(line => (typeof line === 'number' ? line : prescanLine(line, format, judge)));
  const together = judge.together(piece.length, prescanAll);
  const prescans = together === 'too-slow' ? prescanAll() : together;
  // This may be the only body of the file, whose report then names the event.
  const first = prescans.indexOf('good');
  const line = lines[first];
  if (typeof line === 'object') prescans[first] = { line: line.toString('latin1') };
  return prescans;
}

function prescanLine(line: Buffer, format: LineFormat, judge: Judge): Prescan {
  const entry = entryOnLine[format](line);
  if (!entry) return 'nothing';
  if (entry.kind !== 'body') return { line: line.toString('latin1') };
  const { isSuspicious, mention } = judge.glance(entry.body);
  if (isSuspicious) return { line: line.toString('latin1') };
  // A single body that mixes both versions' names does so on purpose.
  return mention && !entry.wasSent ? { line: line.toString('latin1'), mention } : 'good';
}

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
