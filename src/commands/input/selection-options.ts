import type { AnswerSet } from '../../contract/selection-values.js';
import type { Match } from '../../event/match.js';
import type { CaptureFormat } from '../../recording/formats.js';
import type { Range } from '../../recording/select.js';

/** The flags of `selectionFlags`. */
export interface SelectionFlags {
  format?: CaptureFormat;
  /** From 1, in each file. */
  only?: readonly Range[];
  match?: readonly Match[];
  /** Types of events. */
  event?: readonly string[];
  answered?: AnswerSet;
  failed?: boolean;
  refused?: boolean;
}

/** Whether any of these flags is given. */
export const isSelective = ({ only, match, event, answered, failed, refused }: SelectionFlags): boolean =>
  [only, match, event, answered, failed, refused].some(value => value !== undefined && value !== false);
