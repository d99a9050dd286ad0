import type { Part } from '../sending/flags.js';
import type { Header } from '../../http/header.js';
import { redactHeaders } from '../../http/header.js';
import type { Problem } from '../../event/problem.js';
import type { EventSummary } from '../../event/summary.js';
import type { Action, ProtocolError, ReceivedRequest } from '../../receiver/received-request.js';
import type { Forwarded, ForwardFailureReason } from '../../receiver/forward.js';
import type { Judgement, Refusal } from '../../receiver/assessment.js';
import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import type { SignatureReason, Verification } from '../../scheme/scheme.js';

/** Connections are accepted. */
export interface ReadyReport {
  type: 'ready';
  url: string;
  scheme: 'fin';
  /** What each accepted secret is called; null: signatures aren't looked at. */
  secrets: string[] | null;
}

/** A request came, and was answered. */
export interface RequestReport {
  type: 'request';
  /** 1 for the first. */
  seq: number;
  /** RFC 3339, in UTC. */
  receivedAt: string;
  method: string;
  /** The request target as received. */
  target: string;
  bytes: number;
  /** Why it wasn't looked at any further. */
  refusal?: Refusal;
  /** Null: not looked at. */
  signature: SignatureFinding | null;
  event: EventSummary;
  /** Null: not looked at. */
  schema: { valid: boolean; problems: readonly Problem[]; omitted: number } | null;
  /** Of the answer; null: there was none. */
  status: number | null;
  /** Why there was none: with `--respond`, or because the client was gone. */
  unanswered?: 'drop' | 'hang' | 'gone' | undefined;
  milliseconds: number;
  /** With `--show headers`. */
  headers?: Header[];
  /** With `--show body`. */
  bodyBase64?: string;
}

type SignatureFinding =
  | {
      valid: true;
      /** What the secret that fitted is called, and of how many. */
      secret: string;
      of: number;
      algorithm: string;
    }
  | { valid: false; reason: SignatureReason; diagnosis?: Diagnosis };

/** All that came, when listening ends. */
export interface ListenSummaryReport {
  type: 'summary';
  received: number;
  accepted: number;
  refused: number;
  /** Of the accepted ones, those that were expected. */
  matched: number;
  /** How many were expected; null where there was no expectation. */
  expected: number | null;
  /** What was expected and didn't come, in words. */
  unmet: string[];
}

/** A request was handed on to the application. */
export interface ForwardReport {
  type: 'forward';
  /** That of the request. */
  seq: number;
  url: string;
  /** Of the application's answer; null: there was none. */
  status: number | null;
  /** Why there was none. */
  failure?: ForwardFailureReason;
  milliseconds: number;
  /** With `--show headers`: those of the answer. */
  headers?: Header[];
  /** With `--show body`: that of the answer. */
  bodyBase64?: string;
}

/** Something came that isn't a request. */
export interface ProtocolErrorReport extends Omit<ProtocolError, 'receivedAt'> {
  type: 'nonsense';
  /** RFC 3339, in UTC. */
  receivedAt: string;
}

/** More came than could be printed. */
export interface OmittedReport {
  type: 'omitted';
  requests: number;
}

export type ListenReport =
  ReadyReport | RequestReport | ForwardReport | ProtocolErrorReport | OmittedReport | ListenSummaryReport;

interface RequestFacts {
  milliseconds: number;
  isGone: boolean;
  show: readonly Part[];
  /** How many are accepted. */
  secrets: number;
  diagnosis?: Diagnosis | undefined;
}

export const requestReport = (
  { seq, receivedAt, method, target, headers, body }: ReceivedRequest,
  { action, refusal, signature, event, summary }: Judgement & { action: Action },
  { milliseconds, isGone, show, secrets, diagnosis }: RequestFacts,
): RequestReport => ({
  ...{ type: 'request', seq, receivedAt: receivedAt.toISOString(), method, target, bytes: body.length },
  ...(refusal && { refusal }),
  signature: signature ? { ...findingOf(signature, secrets), ...(diagnosis && { diagnosis }) } : null,
  event: summary,
  schema: event ? { valid: event.isEvent, problems: event.problems, omitted: event.omitted } : null,
  ...outcomeOf(action, isGone),
  milliseconds,
  ...(show.includes('headers') && { headers: redactHeaders(headers) }),
  ...(show.includes('body') && { bodyBase64: Buffer.from(body).toString('base64') }),
});

const findingOf = (signature: Verification, of: number): SignatureFinding =>
  signature.valid ? { valid: true, secret: signature.secret.origin, of, algorithm: signature.algorithm } : signature;

function outcomeOf(action: Action, isGone: boolean): Pick<RequestReport, 'status' | 'unanswered'> {
  if (typeof action === 'string') return { status: null, unanswered: action };
  return isGone ? { status: null, unanswered: 'gone' } : { status: action.status };
}

export const forwardReport = (
  { seq }: ReceivedRequest,
  { outcome }: Forwarded,
  { url, show }: { url: URL; show: readonly Part[] },
): ForwardReport => {
  const report = { type: 'forward', seq, url: url.href, milliseconds: outcome.milliseconds } as const;
  if ('failure' in outcome) return { ...report, status: null, failure: outcome.failure.reason };
  const { status, headers, body } = outcome.reply;
  return {
    ...{ ...report, status },
    ...(show.includes('headers') && { headers: redactHeaders(headers) }),
    ...(show.includes('body') && { bodyBase64: Buffer.from(body).toString('base64') }),
  };
};
