import type { Style } from '../../contract/command.js';
import type { InconclusiveReason, VerificationReport } from '../../exchange/verification.js';
import { isUnsearched, type Diagnosis } from '../../scheme/explain/diagnosis.js';
import type { SignatureReason } from '../../scheme/scheme.js';
import { signatureWords } from '../../scheme/words.js';
import { diagnosisLines } from './diagnosis-lines.js';
import { lookWords, timeWords } from './signature-words.js';

const inconclusiveReasons: Record<InconclusiveReason, string> = {
  'body-incomplete': "its body was cut short, so its signature can't be checked",
  'body-not-exact': 'its capture may have changed the body, so a mismatch proves nothing',
};

/** Whether a signature is valid, and for which secret. */
export function verdictText(
  { valid, secret = '', reason }: VerificationReport,
  { good, bad, warning, visible, marks }: Style,
): string {
  if (valid) return good(`${marks.good} valid (${visible(secret)})`);
  return valid === null ? warning(`${marks.warning} ${reason ?? ''}`) : bad(`${marks.bad} ${reason ?? ''}`);
}

/** Returns the lines below: the problem and the fix. */
export function explanation(report: VerificationReport, style: Style): string[] {
  const { reason, diagnosis, findings, isTimeChecked = true, looksLike } = report;
  const surplus = findings.includes('surplus-bytes') ? [style.faint('    bytes beyond its length were left out')] : [];
  const unchecked = isTimeChecked ? [] : [style.faint('    its age was not checked: the capture has no time; pass one with --now')]; // prettier-ignore
  if (reason === undefined) return [...unchecked, ...surplus];
  if (looksLike !== undefined) return [`    ${lookWords(looksLike, style)}`, ...surplus];
  if (diagnosis?.found) return [...diagnosisLines(diagnosis, 4, style), ...surplus];
  return [`    ${style.visible(reasonWords(reason, report))}${triedWords(diagnosis)}`, ...surplus];
}

function reasonWords(
  reason: SignatureReason | InconclusiveReason,
  { event, signedAt, receivedAt, comparedWith }: VerificationReport,
): string {
  const words = isInconclusive(reason) ? inconclusiveReasons[reason] : signatureWords(reason, event.scheme);
  return signedAt === undefined ? words : `${words}: ${timeWords(signedAt, { receivedAt, comparedWith })}`;
}

const isInconclusive = (reason: string): reason is InconclusiveReason => Object.hasOwn(inconclusiveReasons, reason);

function triedWords(diagnosis: Diagnosis | undefined): string {
  if (!diagnosis || diagnosis.found) return '';
  if (isUnsearched(diagnosis)) return '; the time limit for finding causes was reached';
  if (diagnosis.isEmpty) return '; the body is empty: none was sent, or something read it before the capture';
  if (diagnosis.tried === 0) return '';
  const { tried, isComplete } = diagnosis;
  return isComplete
    ? `; no common mistake explains it (${tried} signatures tried)`
    : `; trying every common mistake would take too long, and none of the ${tried} signatures tried explains it`;
}
