import type { CapturedRequest } from '../../capture/captured-request.js';
import { summariseBody } from '../../event/summary.js';
import { diagnose } from '../../signature/diagnose.js';
import { verify, type SignatureReason } from '../../signature/fin.js';
import type { Secret } from '../../signature/secret.js';
import type { VerificationReport } from './reports.js';

type Place = Pick<VerificationReport, 'file' | 'files' | 'index'>;

/** Whether the signature fits, and if not, why; nothing where the body isn't known well enough. */
export function judgeCapture(
  request: CapturedRequest,
  { file, files, index }: Place,
  secrets: readonly Secret[],
): VerificationReport {
  const { headers, body, receivedAt, findings } = request;
  const [type, event, bytes] = ['verification' as const, summariseBody(body), body.length];
  const verification = verify(body, headers, secrets);
  // A body that verifies is exact, whatever its recording promises.
  if (verification.valid) {
    const { algorithm, secret } = verification;
    // Written out, since this is what a large recording is judged by: spreading costs more than hashing.
    return { type, file, files, index, receivedAt, event, bytes, findings, valid: true, secret: secret.origin, algorithm }; // prettier-ignore
  }
  const facts = { type, file, files, index, receivedAt, event, bytes, findings };
  return { ...facts, ...judgeMismatch(request, verification.reason, secrets) };
}

function judgeMismatch(
  { headers, body, fidelity }: CapturedRequest,
  reason: SignatureReason,
  secrets: readonly Secret[],
): Pick<VerificationReport, 'valid' | 'reason' | 'diagnosis'> {
  if (reason === 'signature-mismatch' && fidelity !== 'exact') {
    return { valid: null, reason: fidelity === 'incomplete' ? 'body-incomplete' : 'body-not-exact' };
  }
  const diagnosis = diagnose({ body, headers }, secrets);
  return { valid: false, reason, ...(diagnosis && { diagnosis }) };
}
