import type { Behaviour } from '../receiver.js';

/** A receiver that is wrong in one way. */
export interface Mutant {
  /** What it does, after "a receiver that". */
  name: string;
  /** Created for each run, since some of them remember. */
  changes: () => Partial<Behaviour>;
  /** All required cases that it fails. */
  failed: readonly string[];
  /** All advised cases that it fails. */
  advice?: readonly string[];
  /** The ids of the causes found for it. */
  causes?: readonly string[];
  /** Milliseconds. */
  maxTime?: number;
  /** Milliseconds. */
  timeout?: number;
}
