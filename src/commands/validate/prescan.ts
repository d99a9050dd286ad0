import type { CaptureEntry } from '../../recording/captured-request.js';
import { linesIn } from '../../recording/lines.js';
import { entryOn } from '../../recording/ndjson.js';
import type { Mention } from '../../event/customer-status/versions.js';
import type { LineFormat } from '../payload/formats.js';
import type { Judge, Rules } from './judge.js';

/** A body to check, or what a recording has in its place. */
export type BodyEntry =
  { kind: 'body'; body: Uint8Array; wasSent?: boolean | undefined } | Exclude<CaptureEntry, { kind: 'request' }>;

/** What a first look at a line shows. A number is that many blank lines. */
export type Prescan = 'nothing' | 'good' | SecondLook | number;

/** The line may have problems to report. */
export interface SecondLook {
  /** The bytes of the line, one character each. */
  line: string;
  /** Set if the only possible problem is that this contradicts another body. */
  mention?: Mention | undefined;
}

/** What prescanning the lines of a file takes. */
export interface Task {
  format: LineFormat;
  rules: Rules;
}

/** Sorts out the lines that are good, so that only the others are looked at again. */
export function prescanPiece(piece: Buffer, format: LineFormat, judge: Judge): Prescan[] {
  const lines = linesIn(piece);
  const prescanAll = () => lines.map(line => (typeof line === 'number' ? line : prescanLine(line, format, judge)));
  const together = judge.together(piece.length, prescanAll);
  const prescans = together === 'too-slow' ? prescanAll() : together;
  // It may be the only body of its file, whose report names the event.
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
  // A sender that mixes the names of both versions does so on purpose.
  return mention && !entry.wasSent ? { line: line.toString('latin1'), mention } : 'good';
}

/** Reads what is on a line that isn't blank; undefined for an answer. */
export const entryOnLine: Record<LineFormat, (line: Buffer) => BodyEntry | undefined> = {
  ndjson: line => ({ kind: 'body', body: line }),
  recording: line => {
    const entry = entryOn(line);
    if (entry?.kind !== 'request') return entry;
    const { body, wasSent } = entry.request;
    return { kind: 'body', body, wasSent };
  },
};
