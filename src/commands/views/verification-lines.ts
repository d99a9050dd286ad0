import type { Style } from '../../contract/command.js';
import type { InconclusiveReason, VerificationReport } from '../../exchange/verification.js';
import { inconclusiveWords, searchWords, unexplainedFix } from '../../exchange/words.js';
import type { Diagnosis } from '../../scheme/explain/diagnosis.js';
import type { SignatureReason } from '../../scheme/scheme.js';
import { signatureWords } from '../../scheme/words.js';
import { diagnosisLines, fixLines } from './diagnosis-lines.js';
import { lookWords, timeWords } from './signature-words.js';

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
  const surplus = findings.includes('surplus-bytes') ? [style.faint('    the bytes after the end of its body were ignored')] : [];
  const unchecked = isTimeChecked ? [] : [style.faint('    its age was not checked: the capture has no time; pass one with --now')]; // prettier-ignore
  if (reason === undefined) return [...unchecked, ...surplus];
  if (looksLike !== undefined) return [`    ${lookWords(looksLike, style)}`, ...surplus];
  if (diagnosis?.found) return [...diagnosisLines(diagnosis, 4, style), ...surplus];
  const fix = fixLines(unexplainedFix(reason, report), 4, style);
  return [`    ${style.visible(reasonWords(reason, report))}${triedWords(diagnosis)}`, ...fix, ...surplus];
}

function reasonWords(
  reason: SignatureReason | InconclusiveReason,
  { event, signedAt, receivedAt, comparedWith }: VerificationReport,
): string {
  const words = isInconclusive(reason) ? inconclusiveWords[reason] : signatureWords(reason, event.scheme);
  return signedAt === undefined ? words : `${words}: ${timeWords(signedAt, { receivedAt, comparedWith })}`;
}

const isInconclusive = (reason: string): reason is InconclusiveReason => Object.hasOwn(inconclusiveWords, reason);

function triedWords(diagnosis: Diagnosis | undefined): string {
  const words = !diagnosis || diagnosis.found ? undefined : searchWords(diagnosis);
  return words === undefined ? '' : `; ${words}`;
}
