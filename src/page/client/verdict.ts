import type { VerdictFinding } from '../../exchange/reports.js';
import type { InconclusiveReason } from '../../exchange/verification.js';
import type { Refusal } from '../../receiver/assessment.js';
import type { SignatureReason } from '../../scheme/scheme.js';

export type VerdictKind = 'valid' | 'refused' | 'unsure' | 'unchecked';

export interface Verdict {
  kind: VerdictKind;
  /** In one or two words, for a column. */
  short: string;
}

export function verdictOf(finding: VerdictFinding | null): Verdict {
  if (!finding) return { kind: 'unchecked', short: 'not checked' };
  const { isAccepted, reason } = finding;
  if (isAccepted === true)
    return reason === undefined ? { kind: 'valid', short: 'valid' } : { kind: 'unchecked', short: 'not checked' };
  return { kind: isAccepted === null ? 'unsure' : 'refused', short: shortOf(reason ?? 'refused') };
}

/** `signature-mismatch` without what goes without saying. */
const shortOf = (reason: string): string => reason.replace(/^signature-/, '').replaceAll('-', ' ');

/** A sign for each verdict, so that no reader depends on colours. */
export const signs: Record<VerdictKind, string> = { valid: '✓', refused: '✗', unsure: '?', unchecked: '–' };

export const verdictNames: Record<VerdictKind, string> = {
  valid: 'Valid',
  refused: 'Refused',
  unsure: "Can't be verified",
  unchecked: 'Not checked',
};

type Reason = SignatureReason | InconclusiveReason | Refusal | 'schema' | 'not-verified';

/** Says in a sentence what is wrong. Undefined for a reason that this page doesn't know. */
export const reasonWords = (reason: string): string | undefined => (sentences as Record<string, string>)[reason];

const sentences: Record<Reason, string> = {
  'signature-missing': 'It carries no signature.',
  'signature-malformed': "Its signature isn't in the form of its scheme.",
  'signature-mismatch': 'Its signature is that of another body or another secret.',
  'version-unsupported': 'No signature has a version that can be verified here.',
  'signature-ambiguous': 'It carries a header of its signature more than once.',
  'algorithm-unsupported': "Its algorithm is none of the scheme's.",
  'id-missing': 'It carries no id, which its signature covers.',
  'timestamp-missing': 'It carries no timestamp.',
  'timestamp-malformed': "Its timestamp isn't one of this scheme.",
  'timestamp-too-old': 'It is older than the scheme allows.',
  'timestamp-in-the-future': 'Its timestamp is in the future.',
  'body-incomplete': 'Its body was cut short, so its signature says nothing.',
  'body-not-exact': 'Its capture may have changed the body, so a mismatch says nothing.',
  schema: "Its body doesn't fit the schema of its event; webhook-cli validate shows where.",
  'not-verified': "Signatures weren't checked when it came.",
  'wrong-path': 'It asked for a path that the receiver does not serve.',
  'wrong-method': 'It came with a method other than POST.',
  'from-browser': 'It came from a page in a browser.',
  loop: 'It was forwarded in a circle.',
  'wrong-target': "The application can't be asked for what it asked for.",
  'not-saved': "It couldn't be saved, so it wasn't accepted.",
  'internal-error': 'The receiver failed on it.',
  'body-too-large': 'Its body is larger than the receiver takes.',
  'too-many-bodies': 'The receiver was reading too many bodies at once.',
};
