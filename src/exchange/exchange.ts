import { summariser } from '../event/summary.js';
import { redactHeaders } from '../http/header.js';
import { answeredOf, isRefused } from '../recording/answered.js';
import type { CapturedRequest } from '../recording/captured-request.js';
import type { Scheme } from '../scheme/scheme.js';
import { placesOf } from '../scheme/schemes.js';
import type { Secret } from '../scheme/secret.js';
import type { CheckedRequest, VerificationReport } from './verification.js';
import type { ExchangeReport, VerdictFinding, WholeExchange } from './reports.js';

export interface Inspecting {
  file: string;
  scheme: Scheme;
  /** Whether to check signatures again, even if the recording has a verdict. */
  isCheckedAgain: boolean;
  /** Returns the secrets to check signatures with, if there are any. */
  findSecrets: () => Promise<readonly Secret[]>;
  /** Checks a signature, and looks for the cause if it is bad. Undefined without a secret. */
  checkWhole: (request: CapturedRequest) => Promise<CheckedRequest | undefined>;
}

export interface Placed {
  request: CapturedRequest;
  /** From 1. */
  position: number;
}

/** Returns a function that makes a request's entry in the list, without personal data. */
export function listing(inspecting: Inspecting): (placed: Placed) => Promise<ExchangeReport> {
  const { file, scheme } = inspecting;
  const summarise = summariser(placesOf(scheme));
  return async placed => {
    const { request } = placed;
    // Synchronous for a recorded verdict, since large recordings go through here.
    const verdict =
      (inspecting.isCheckedAgain ? undefined : recordedVerdict(request)) ?? (await checkedVerdict(request, inspecting));
    return exchangeReport(placed, { file, event: summarise(request), verdict, answer: answeredOf(request) ?? null });
  };
}

type Facts = Pick<ExchangeReport, 'file' | 'event' | 'verdict' | 'answer'>;

/** Makes an entry of the list from what is already known. */
export const exchangeReport = (
  { request, position }: Placed,
  { file, event, verdict, answer }: Facts,
): ExchangeReport => ({
  type: 'exchange',
  file,
  index: position,
  ...(request.receivedAt !== undefined && { receivedAt: request.receivedAt }),
  method: request.method,
  target: request.target,
  event,
  bytes: request.body.length,
  verdict,
  answer,
});

async function checkedVerdict(
  request: CapturedRequest,
  { findSecrets, scheme }: Inspecting,
): Promise<VerdictFinding | null> {
  const secrets = await findSecrets();
  if (secrets.length === 0) return null;
  const time = new Date(request.receivedAt ?? '');
  const result = scheme.verify(request, secrets, Number.isNaN(time.getTime()) ? undefined : time);
  if (result.valid) return { by: 'check', isAccepted: true };
  const isSure = result.reason !== 'signature-mismatch' || request.fidelity === 'exact';
  return { by: 'check', isAccepted: isSure ? false : null, reason: isSure ? result.reason : 'body-not-exact' };
}

/** Undefined if the capture has no verdict. */
export function recordedVerdict(request: CapturedRequest): VerdictFinding | undefined {
  const { verdict } = request;
  if (verdict?.status === undefined) return undefined;
  const { refusal, signature } = verdict;
  if (!isRefused(request)) return { by: 'recording', isAccepted: true, ...(signature === undefined && { reason: 'not-verified' }) }; // prettier-ignore
  const reason = refusal ?? (signature === undefined || signature === 'valid' ? 'schema' : signature);
  return { by: 'recording', isAccepted: false, reason };
}

/** A request selected by its position, in full. */
export function wholeOf(
  { headers, body, answer }: CapturedRequest,
  signature: VerificationReport | undefined,
): WholeExchange {
  return {
    headers: redactHeaders(headers),
    bodyBase64: Buffer.from(body).toString('base64'),
    signature: signature ?? null,
    answer: answer
      ? {
          headers: redactHeaders(answer.headers),
          bodyBase64: Buffer.from(answer.body).toString('base64'),
          isWhole: answer.isWhole,
        }
      : null,
  };
}
