import type { Problem } from '../event/problem.js';
import { flawIn } from '../json/flaw.js';
import { lineColumnFinder, type LineColumn } from '../json/line-column.js';
import { readJsonText, type Path } from '../json/text.js';

export type FaultReason =
  | 'not-json'
  | 'too-deep'
  | 'boolean'
  | 'not-object'
  | 'unknown-draft'
  | 'invalid'
  | 'bad-pattern'
  | 'lost-reference'
  | 'foreign-reference'
  | 'refused'
  | 'idle'
  | 'endless';

interface Details {
  /** What is there, or what is wrong with it. */
  detail?: string | undefined;
  /** Why it isn't a valid schema. */
  problem?: Problem;
  /** Whether it doesn't name its draft. */
  isDefault?: boolean;
}

/** A schema that can't be used. */
export class SchemaFault extends Error {
  readonly reason: FaultReason;
  readonly path: Path;
  readonly details: Details;

  constructor(reason: FaultReason, path: Path, details: Details = {}) {
    super(reason);
    this.reason = reason;
    this.path = path;
    this.details = details;
  }
}

/** Locates a fault in the text of the schema, and describes the flaw if it isn't JSON. */
export function locateFault({ reason, path }: SchemaFault, text: string): LineColumn & { words?: string | undefined } {
  const lineColumnOf = lineColumnFinder(text);
  if (reason === 'not-json') {
    const { words, span } = flawIn(text);
    return { ...lineColumnOf(span), words };
  }
  // A text that is nested too deeply can't be read recursively.
  return lineColumnOf(reason === 'too-deep' ? { start: 0, end: 0 } : readJsonText(text).spanOf(path, 'value'));
}
