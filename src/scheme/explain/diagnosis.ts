import type { Finding } from './hypothesis.js';

/** Holds neither a secret nor a valid signature. */
export type Diagnosis =
  /** Together, these mistakes reproduce the signature exactly. `origin` is the secret's; `secrets` are accepted. */
  | { found: true; origin: string; secrets: number; findings: readonly Finding[] }
  /**
   * `tried` signatures were made. If not `isComplete`, a large body or the budget ended the search early, or it never began. If
   * `isEmpty`, the body is empty, so that whatever was signed isn't there; if `isCutShort`, it is
   * JSON that ends too early.
   */
  | { found: false; tried: number; isComplete: boolean; isEmpty?: true; isCutShort?: true };

/** Whether the search never began, because the budget was used up. */
export const isUnsearched = (diagnosis: Diagnosis): boolean =>
  !diagnosis.found && !diagnosis.isComplete && diagnosis.tried === 0;
