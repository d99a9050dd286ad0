import { isUnsearched, type Diagnosis } from '../scheme/explain/diagnosis.js';
import type { SignatureReason } from '../scheme/scheme.js';
import { grouped } from '../text/words.js';
import type { InconclusiveReason } from './verification.js';

/** Clauses for signatures that can't be checked. */
export const inconclusiveWords: Readonly<Record<InconclusiveReason, string>> = {
  'body-incomplete': "its body was cut short, so its signature can't be checked",
  'body-not-exact': 'its capture may have changed the body, so a mismatch proves nothing',
};

/** A clause about a search that found no cause. Undefined if there is nothing to say. */
export function searchWords(diagnosis: Extract<Diagnosis, { found: false }>): string | undefined {
  const { tried, isComplete, isEmpty, isCutShort } = diagnosis;
  if (isUnsearched(diagnosis)) return 'the time limit for finding causes was reached';
  if (isEmpty) return 'the body is empty: none was sent, or something read it before the capture';
  if (isCutShort) return 'its JSON is incomplete: the body was cut short';
  if (tried === 0) return undefined;
  return isComplete
    ? `no common mistake explains it (${grouped(tried)} signatures tried)`
    : `trying every common mistake would take too long, and none of the ${grouped(tried)} signatures tried explains it`;
}

/** The next step after a mismatch that nothing explains. Undefined if the reason, or the empty body, says enough. */
export const unexplainedFix = (
  reason: SignatureReason | InconclusiveReason | undefined,
  { bytes, diagnosis }: { bytes: number; diagnosis?: Diagnosis | undefined },
): string | undefined => {
  if (reason !== 'signature-mismatch' || bytes === 0) return undefined;
  if (diagnosis?.found === false && diagnosis.isCutShort)
    return 'save the whole body, with a content-length that counts all its bytes';
  return 'check the secret first: webhook-cli secret shows where it comes from; then check whether something changed the body';
};
