import { summariseBody, summariser } from '../event/summary.js';
import type { CapturedRequest, CaptureEntry } from '../recording/captured-request.js';
import { createSearchBudget, type LimitedBudget, type SearchBudget } from '../scheme/explain/budget.js';
import type { Diagnose, OnSignedBody } from '../scheme/explain/diagnose.js';
import type { Finding } from '../scheme/explain/hypothesis.js';
import { Scheme, type SignatureReason } from '../scheme/scheme.js';
import { recognise } from '../scheme/recognise.js';
import { hasCatalogue, placesOf, schemes } from '../scheme/schemes.js';
import type { Secret } from '../scheme/secret.js';
import { counted } from '../text/words.js';
import type { CheckedRequest, EntryReport, Source, VerificationReport } from './verification.js';

/** The input for checking the entries of a file. A second thread gets it, too. */
export interface Task {
  source: Source;
  secrets: readonly Secret[];
  /** Secrets that aren't accepted, but may have been used by mistake. */
  others: readonly Secret[];
  scheme: Pick<Scheme, 'name' | 'definition'>;
  /** The user's own schemes. */
  own: readonly Task['scheme'][];
  /** Replaces the time when requests were received. */
  now?: Date | undefined;
}

/** The input of a second thread. */
export interface SharedTask extends Task {
  /** The milliseconds left to search for causes. */
  searchTime: number;
}

/** Checks one entry. Its `index` is 0: whoever checks a piece of a recording doesn't know how many come before it. */
export type CheckEntry = (entry: CaptureEntry, task: Task) => EntryReport;

type Limits = Parameters<typeof createSearchBudget>[0];

/** In milliseconds. In a recording of only bad signatures, searching would take too long. */
const searchLimits = { each: 3000, total: 10_000 };

/** The time that a run may spend on searching for the causes of bad signatures, or the `total` that is left of it, in milliseconds. */
export const searchBudget = (total = searchLimits.total): LimitedBudget =>
  createSearchBudget({ ...searchLimits, total });

/** The returned function looks for the causes of bad signatures, for a limited time. */
export async function createCheck(budget: SearchBudget, onSignedBody?: OnSignedBody): Promise<CheckEntry> {
  const { diagnoseWithin } = await import('../scheme/explain/diagnose.js');
  return checkWith(diagnoseWithin(budget, onSignedBody));
}

/** Does work that needs a check. The result is a promise if a signature is bad. */
export type WithCheck = <Result>(work: (check: CheckEntry) => Result) => Result | Promise<Result>;

/**
 * Loading the search for causes takes as long as all the rest, so it is loaded at the first bad signature, and the work
 * is then repeated.
 */
export function createWithCheck(budget: SearchBudget): WithCheck {
  let wanted = 0;
  const withoutSearch = checkWith(() => {
    wanted += 1;
    return undefined;
  });
  let loaded: CheckEntry | undefined;
  let loading: Promise<CheckEntry> | undefined;
  return work => {
    if (loaded) return work(loaded);
    const before = wanted;
    const result = work(withoutSearch);
    if (wanted === before) return result;
    loading ??= createCheck(budget).then(check => (loaded = check));
    return loading.then(work);
  };
}

function checkWith(diagnose: Diagnose): CheckEntry {
  const schemeOf = rememberScheme();
  return (entry, task) => checkEntry(entry, task, { scheme: schemeOf(task), diagnose });
}

/** Checks one request on its own, and keeps what was signed in place of its body. */
export async function checkWhole(
  request: CapturedRequest,
  task: Omit<Task, 'source'>,
  limits: Limits = searchLimits,
): Promise<CheckedRequest> {
  let signedBody: Uint8Array | undefined;
  const check = await createCheck(createSearchBudget(limits), body => (signedBody = body));
  const report = check({ kind: 'request', request }, { ...task, source: { file: '', files: 1 } });
  return { report: report as VerificationReport, signedBody };
}

/** A task for another thread has only the scheme's definition. */
function rememberScheme(): (task: Task) => Scheme {
  let made: { from: Task['scheme']; scheme: Scheme } | undefined;
  return ({ scheme: from }) => {
    if (made?.from !== from)
      made = { from, scheme: from instanceof Scheme ? from : new Scheme(from.name, from.definition) };
    return made.scheme;
  };
}

function checkEntry(
  entry: CaptureEntry,
  { source: { file, files }, secrets, others, own, now }: Task,
  { scheme, diagnose }: { scheme: Scheme; diagnose: Diagnose },
): EntryReport {
  if (entry.kind !== 'request') return { type: 'damage', file, files, ...entry };
  const { headers, body, receivedAt, findings } = entry.request;
  const time = scheme.isTimed ? (now ?? timeOf(receivedAt)) : undefined;
  const verification = scheme.verify(entry.request, secrets, time);
  const event = hasCatalogue(scheme) ? summariseBody(body) : summariser(placesOf(scheme))({ headers, body });
  // Listed twice, because large recordings go through here: spreading would cost more than hashing.
  if (verification.valid)
    // The body is exact, whatever the capture says: otherwise the signature wouldn't match.
    return {
      type: 'verification',
      file,
      files,
      index: 0,
      receivedAt,
      event,
      bytes: body.length,
      findings,
      valid: true,
      secret: verification.secret.origin,
      algorithm: verification.algorithm,
      isTimeChecked: scheme.isTimed && time === undefined ? false : undefined,
    };
  return {
    type: 'verification',
    file,
    files,
    index: 0,
    receivedAt,
    event,
    bytes: body.length,
    findings,
    ...timesOf(verification.signedAt, now),
    ...lookOf(entry.request, verification.reason, { scheme, own }),
    ...explainFailure(
      entry.request,
      verification.reason,
      request => lengthMistake(request, secrets, scheme) ?? diagnose(request, { secrets, others }, scheme),
    ),
  };
}

/** When it was signed, if that is the problem, and the time it was compared with, unless that is the capture's own. */
const timesOf = (
  signedAt: string | undefined,
  now: Date | undefined,
): Pick<VerificationReport, 'signedAt' | 'comparedWith'> =>
  signedAt === undefined ? {} : { signedAt, ...(now && { comparedWith: now.toISOString() }) };

/** Undefined for a capture without a time, or with an invalid one. */
function timeOf(receivedAt = ''): Date | undefined {
  const time = new Date(receivedAt);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** What a request without a signature of the scheme looks like. */
function lookOf(
  { headers }: CapturedRequest,
  reason: SignatureReason,
  { scheme, own }: { scheme: Scheme; own: Task['own'] },
): Pick<VerificationReport, 'looksLike'> {
  if (reason !== 'signature-missing') return {};
  const known = [...own.map(({ name, definition }) => new Scheme(name, definition)), ...Object.values(schemes)];
  const other = recognise(headers, scheme, known);
  return other ? { looksLike: other.name } : {};
}

/** The bytes beyond the announced length may belong to the body. */
function lengthMistake(request: CapturedRequest, secrets: readonly Secret[], scheme: Scheme): ReturnType<Diagnose> {
  const { surplus, body } = request;
  if (!surplus) return undefined;
  const whole = Buffer.concat([body, surplus]);
  const verification = [whole, whole.subarray(0, endOf(whole))]
    .map(bytes => ({ bytes, result: scheme.verify({ ...request, body: bytes }, secrets) }))
    .find(({ result }) => result.valid);
  if (!verification?.result.valid) return undefined;
  const { result, bytes } = verification;
  const finding: Finding = {
    ...{ about: 'body' as const, id: 'length-too-small' },
    words: `content-length says ${body.length}, but the body has ${counted(bytes.length, 'byte')}`,
    remedy: 'count the content-length in bytes, not in characters; in a file that was edited, correct it',
  };
  return { found: true, origin: result.secret.origin, secrets: secrets.length, findings: [finding] };
}

/** Without the line break that an editor adds. */
const endOf = (bytes: Uint8Array): number =>
  bytes.length - (bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? 2 : 1) : 0);

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
