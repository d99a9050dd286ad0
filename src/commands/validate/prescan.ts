import type { CaptureEntry } from '../../recording/captured-request.js';
import { linesIn } from '../../recording/lines.js';
import { entryOn } from '../../recording/ndjson.js';
import type { Mention } from '../../event/customer-status/versions.js';
import type { LineFormat } from './formats.js';
import { judgeBody } from './judge.js';

/** A body to judge, or what stands there instead. */
export type BodyEntry =
  { kind: 'body'; body: Uint8Array; wasSent?: boolean | undefined } | Exclude<CaptureEntry, { kind: 'request' }>;

/** What a line of a file is at first sight. */
export type Prescan = 'nothing' | 'good' | SecondLook;

/** There may be something to say. */
export interface SecondLook {
  /** The bytes of the line, a character each. */
  line: string;
  /** All that there may be to say is that this contradicts another body. */
  mention?: Mention | undefined;
}

/** What has to be known to look at the lines of a file. */
export interface Task {
  format: LineFormat;
  /** What each event has to be; as it says, if it isn't given. */
  type: string | undefined;
}

export function prescanPiece(piece: Buffer, task: Task): Prescan[] {
  const lines = linesIn(piece);
  const prescans = lines.map(line => prescanLine(line, task));
  // It may be the only one of its file, which is told by what that is.
  const first = prescans.indexOf('good');
  const line = lines[first];
  if (line) prescans[first] = { line: line.toString('latin1') };
  return prescans;
}

function prescanLine(line: Buffer, { format, type }: Task): Prescan {
  const entry = entryOnLine[format](line);
  if (!entry) return 'nothing';
  if (entry.kind !== 'body') return { line: line.toString('latin1') };
  const { isSuspicious, mention } = judgeBody(entry.body, type);
  if (isSuspicious) return { line: line.toString('latin1') };
  // Who sends names of both versions means to.
  return mention && !entry.wasSent ? { line: line.toString('latin1'), mention } : 'good';
}

/** What stands on a line, if anything does. */
export const entryOnLine: Record<LineFormat, (line: Buffer) => BodyEntry | undefined> = {
  ndjson: line => (isBlank(line) ? undefined : { kind: 'body', body: line }),
  recording: line => {
    const entry = entryOn(line);
    if (entry?.kind !== 'request') return entry;
    const { body, wasSent } = entry.request;
    return { kind: 'body', body, wasSent };
  },
};

const isBlank = (line: Buffer): boolean => line.length < 3 && line.toString().trim() === '';
