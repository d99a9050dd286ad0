import type { Failure } from '../sender/failure.js';
import type { Exchange } from './case.js';
import type { ObservationFailure } from './effects/look.js';
import type { ProgramFailure } from './effects/program.js';
import type { CaseResult } from './result.js';

/** Why a run ended. `refusing`: the receiver refuses even the first delivery, so the other cases would be pointless. */
export type Ending =
  | { kind: 'complete' | 'stopped' }
  | { kind: 'refusing'; exchange: Exchange | undefined }
  | { kind: 'gone'; failure: Failure }
  | { kind: 'probe-failed'; failure: ObservationFailure }
  | { kind: 'restart-failed'; failure: ProgramFailure };

/** The result of one case. */
export interface Step {
  result: CaseResult;
  /** Set when this case ended the run. */
  ending?: Ending;
}
