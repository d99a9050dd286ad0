import type { CapturedRequest, CaptureEntry } from '../../recording/captured-request.js';
import { summariseBody } from '../../event/summary.js';
import { diagnose } from '../../scheme/explain/diagnose.js';
import type { Secret } from '../../scheme/secret.js';
import type { DamageReport, VerificationReport } from './reports.js';
import type { SignatureReason } from '../../scheme/scheme.js';
import { defaultScheme } from '../../scheme/schemes.js';

export type Source = Pick<VerificationReport, 'file' | 'files'>;

/** What has to be known to judge what is in a file. */
export interface Task {
  source: Source;
  secrets: readonly Secret[];
}

/** What is to be said of an entry. Its position is 0: who judges a piece of a recording doesn't know where that stands. */
export type Judged = VerificationReport | DamageReport;

export function judgeEntry(entry: CaptureEntry, { source: { file, files }, secrets }: Task): Judged {
  if (entry.kind !== 'request') return { type: 'damage', file, files, ...entry };
  const { body, receivedAt, findings } = entry.request;
  const [type, index, event, bytes] = ['verification' as const, 0, summariseBody(body), body.length];
  const verification = defaultScheme.verify(entry.request, secrets);
  // A body that verifies is exact, whatever its recording promises.
  if (verification.valid) {
    const { algorithm, secret } = verification;
    // Written out, since this is what a large recording is judged by: spreading costs more than hashing.
    return { type, file, files, index, receivedAt, event, bytes, findings, valid: true, secret: secret.origin, algorithm }; // prettier-ignore
  }
  const facts = { type, file, files, index, receivedAt, event, bytes, findings };
  return { ...facts, ...judgeMismatch(entry.request, verification.reason, secrets) };
}

function judgeMismatch(
  request: CapturedRequest,
  reason: SignatureReason,
  secrets: readonly Secret[],
): Pick<VerificationReport, 'valid' | 'reason' | 'diagnosis'> {
  const { fidelity } = request;
  if (reason === 'signature-mismatch' && fidelity !== 'exact') {
    return { valid: null, reason: fidelity === 'incomplete' ? 'body-incomplete' : 'body-not-exact' };
  }
  const diagnosis = diagnose(request, secrets, defaultScheme);
  return { valid: false, reason, ...(diagnosis && { diagnosis }) };
}
