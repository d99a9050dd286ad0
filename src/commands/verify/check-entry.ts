import { summariseBody } from '../../event/summary.js';
import type { CapturedRequest, CaptureEntry } from '../../recording/captured-request.js';
import { createSearchBudget } from '../../scheme/explain/budget.js';
import { diagnoseWithin, type Diagnose } from '../../scheme/explain/diagnose.js';
import type { SignatureReason } from '../../scheme/scheme.js';
import { defaultScheme } from '../../scheme/schemes.js';
import type { Secret } from '../../scheme/secret.js';
import type { EntryReport, Source, VerificationReport } from './reports.js';

/** What it takes to check the entries of a file. A second thread gets it, too. */
export interface Task {
  source: Source;
  secrets: readonly Secret[];
  /** Secrets that aren't accepted, but may have been used by mistake. */
  others: readonly Secret[];
}

/** Checks one entry. Its `index` is 0: whoever checks a piece of a recording doesn't know how many come before it. */
export type CheckEntry = (entry: CaptureEntry, task: Task) => EntryReport;

/** In milliseconds. In a recording of nothing but bad signatures, searching would take longer than anybody waits. */
const searchLimits = { each: 3000, total: 10_000 };

/** What it returns stops looking for the causes of bad signatures after a while. */
export function createCheck(): CheckEntry {
  const diagnose = diagnoseWithin(createSearchBudget(searchLimits));
  return (entry, task) => checkEntry(entry, task, diagnose);
}

function checkEntry(
  entry: CaptureEntry,
  { source: { file, files }, secrets, others }: Task,
  diagnose: Diagnose,
): EntryReport {
  if (entry.kind !== 'request') return { type: 'damage', file, files, ...entry };
  const { body, receivedAt, findings } = entry.request;
  const verification = defaultScheme.verify(entry.request, secrets);
  // Listed twice, since a large recording passes here: spreading would cost more than hashing.
  if (verification.valid)
    // The body is exact, whatever its capture says of it: otherwise the signature wouldn't match.
    return {
      type: 'verification',
      file,
      files,
      index: 0,
      receivedAt,
      event: summariseBody(body),
      bytes: body.length,
      findings,
      valid: true,
      secret: verification.secret.origin,
      algorithm: verification.algorithm,
    };
  return {
    type: 'verification',
    file,
    files,
    index: 0,
    receivedAt,
    event: summariseBody(body),
    bytes: body.length,
    findings,
    ...explainFailure(entry.request, verification.reason, request =>
      diagnose(request, { secrets, others }, defaultScheme),
    ),
  };
}

function explainFailure(
  request: CapturedRequest,
  reason: SignatureReason,
  diagnose: (request: CapturedRequest) => ReturnType<Diagnose>,
): Pick<VerificationReport, 'valid' | 'reason' | 'diagnosis'> {
  const { fidelity } = request;
  if (reason === 'signature-mismatch' && fidelity !== 'exact')
    return { valid: null, reason: fidelity === 'incomplete' ? 'body-incomplete' : 'body-not-exact' };
  const diagnosis = diagnose(request);
  return { valid: false, reason, ...(diagnosis && { diagnosis }) };
}
