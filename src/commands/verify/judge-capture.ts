import type { CapturedRequest } from '../../capture/captured-request.js';
import { summariseBody } from '../../event/summary.js';
import { diagnose } from '../../signature/diagnose.js';
import { verify } from '../../signature/fin.js';
import type { Secret } from '../../signature/secret.js';
import type { VerificationReport } from './reports.js';

type Judgement = Omit<VerificationReport, 'type' | 'file' | 'index'>;

/** Whether the signature fits, and if not, why; nothing where the body isn't known well enough. */
export function judgeCapture(request: CapturedRequest, secrets: readonly Secret[]): Judgement {
  const { headers, body, fidelity, receivedAt, findings } = request;
  const facts = {
    ...(receivedAt !== undefined && { receivedAt }),
    event: summariseBody(body),
    bytes: body.length,
    findings,
  };
  const verification = verify(body, headers, secrets);
  // A body that verifies is exact, whatever its recording promises.
  if (verification.valid) {
    return { ...facts, valid: true, secret: verification.secret.origin, algorithm: verification.algorithm };
  }
  const { reason } = verification;
  if (reason === 'signature-mismatch' && fidelity !== 'exact') {
    return { ...facts, valid: null, reason: fidelity === 'incomplete' ? 'body-incomplete' : 'body-not-exact' };
  }
  const diagnosis = diagnose({ body, headers }, secrets);
  return { ...facts, valid: false, reason, ...(diagnosis && { diagnosis }) };
}
