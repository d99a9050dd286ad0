import type { VerdictFinding } from './reports.js';

export type VerdictKind = 'valid' | 'refused' | 'unsure' | 'unchecked';

/** Null means no verdict. Also runs in a browser. */
export function kindOf(finding: VerdictFinding | null): VerdictKind {
  if (!finding) return 'unchecked';
  const { isAccepted, reason } = finding;
  if (isAccepted === true) return reason === undefined ? 'valid' : 'unchecked';
  return isAccepted === null ? 'unsure' : 'refused';
}
