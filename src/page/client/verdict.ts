import type { VerdictFinding } from '../../exchange/reports.js';
import { kindOf, type VerdictKind } from '../../exchange/verdict.js';

/** A short form of `signature-mismatch` and the like: one or two words, for a column. */
export const shortOf = (finding: VerdictFinding | null): string => {
  const kind = kindOf(finding);
  if (kind === 'unchecked') return 'not checked';
  return kind === 'valid' ? kind : (finding?.reason ?? 'refused').replace(/^signature-/, '').replaceAll('-', ' ');
};

/** A symbol for each verdict, so that no reader has to rely on colours. */
export const signs: Record<VerdictKind, string> = { valid: '✓', refused: '✗', unsure: '?', unchecked: '–' };

export const verdictNames: Record<VerdictKind, string> = {
  valid: 'Valid',
  refused: 'Refused',
  unsure: "Can't be verified",
  unchecked: 'Not checked',
};
