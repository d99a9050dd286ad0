import { byPath, type Match } from '../../event/match.js';
import type { Problem } from '../../event/problem.js';
import type { EventSummary } from '../../event/summary.js';
import { redactHeaders, type Header } from '../../http/header.js';
import type { Refusal } from '../../receiver/assessment.js';
import type { AnsweredEvent } from '../../receiver/events.js';
import type { ReceivedCounts } from '../../receiver/expectation.js';
import type { Forwarded, ForwardFailureReason } from '../../receiver/forward.js';
import type { ProtocolError, ReceivedRequest } from '../../receiver/received-request.js';
import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import { recognise } from '../../scheme/recognise.js';
import type { Scheme, SignatureReason, Verification } from '../../scheme/scheme.js';
import type { PageReport } from '../page/serve.js';
import type { Part } from '../sending/flags.js';

/** Connections are accepted. */
export interface ReadyReport {
  type: 'ready';
  /** A URL that reaches it from this machine. */
  url: string;
  /** It listens on all addresses of this machine. */
  everywhere?: true;
  /** The name of the signature scheme. */
  scheme: string;
  /** Its algorithms, unless SHA-256 is the default. */
  algorithms?: string[];
  /** Where each accepted secret comes from; null if signatures aren't checked. */
  secrets: string[] | null;
}

/** A request was received, and got a response if possible. */
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
  /** Why it was refused before its signature check, or that recording it failed. */
  refusal?: Refusal;
  /** Null: not checked. */
  signature: SignatureFinding | null;
  event: EventSummary;
  /** Null: not checked. */
  schema: { valid: boolean; problems: readonly Problem[]; omitted: number } | null;
  /** The status of the response; null if there was none. */
  status: number | null;
  /** Why there was none: `--respond` asked for that, or the client was gone. */
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
      /** The origin of the secret that matched. */
      secret: string;
      /** How many secrets are accepted. */
      of: number;
      algorithm: string;
    }
  | {
      valid: false;
      reason: SignatureReason;
      /** When it was signed, RFC 3339, if its time is the problem. */
      signedAt?: string;
      /** The scheme that its headers belong to instead. */
      looksLike?: string;
      diagnosis?: Diagnosis;
    };

/** The totals at the end. */
export interface ListenSummaryReport extends ReceivedCounts {
  type: 'summary';
  /** Unmet expectations, in words. */
  unmet: string[];
  /** Bad signatures whose cause wasn't searched for, to keep others from waiting. */
  unsearched: number;
}

/** A request was forwarded to the application. */
export interface ForwardReport {
  type: 'forward';
  /** The request's number. */
  seq: number;
  /** The URL requested from the application. */
  url: string;
  /** The status of the application's response; null if there was none. */
  status: number | null;
  /** Why there was none. */
  failure?: ForwardFailureReason;
  milliseconds: number;
  /** The response's headers, with `--show headers`. */
  headers?: Header[];
  /** The response's body, with `--show body`. */
  bodyBase64?: string;
}

/** A client sent something other than a request. */
export interface ProtocolErrorReport extends Omit<ProtocolError, 'receivedAt'> {
  type: 'nonsense';
  /** RFC 3339, in UTC. */
  receivedAt: string;
}

/** Reports were dropped because their reader is too slow. */
export interface OmittedReport {
  type: 'omitted';
  /** How many. */
  requests: number;
}

export type ListenReport =
  ReadyReport | PageReport | RequestReport | ForwardReport | ProtocolErrorReport | OmittedReport | ListenSummaryReport;

/** Context shared by all reports of messages. */
export interface ReportOptions {
  show: readonly Part[];
  /** How many secrets are accepted. */
  secrets: number;
  scheme: Scheme;
  /** Schemes that a request without a signature may belong to. */
  known: readonly Scheme[];
}

export const requestReport = (
  { request, assessment, action, isGone, milliseconds }: AnsweredEvent,
  { show, secrets, scheme, known }: ReportOptions,
): RequestReport => ({
  type: 'request',
  seq: request.seq,
  receivedAt: request.receivedAt.toISOString(),
  method: request.method,
  target: request.target,
  bytes: request.body.length,
  ...(assessment.refusal && { refusal: assessment.refusal }),
  signature: assessment.signature ? findingOf(assessment.signature, { request, secrets, scheme, known }) : null,
  event: assessment.summary,
  schema: schemaFinding(assessment),
  ...outcomeOf(action, isGone),
  milliseconds,
  ...shownParts(request, show),
});

function findingOf(
  signature: Verification,
  { request, secrets: of, scheme, known }: Omit<ReportOptions, 'show'> & { request: ReceivedRequest },
): SignatureFinding {
  if (signature.valid) return { valid: true, secret: signature.secret.origin, of, algorithm: signature.algorithm };
  const other = signature.reason === 'signature-missing' ? recognise(request.headers, scheme, known) : undefined;
  return { ...signature, ...(other && { looksLike: other.name }) };
}

const schemaFinding = ({ event }: AnsweredEvent['assessment']): RequestReport['schema'] =>
  event ? { valid: event.isEvent, problems: event.problems, omitted: event.omitted } : null;

function outcomeOf(action: AnsweredEvent['action'], isGone: boolean): Pick<RequestReport, 'status' | 'unanswered'> {
  if (typeof action === 'string') return { status: null, unanswered: action };
  return isGone ? { status: null, unanswered: 'gone' } : { status: action.status };
}

const shownParts = (
  { headers, body }: { headers: readonly Header[]; body: Uint8Array },
  show: readonly Part[],
): Pick<RequestReport, 'headers' | 'bodyBase64'> => ({
  ...(show.includes('headers') && { headers: redactHeaders(headers) }),
  ...(show.includes('body') && { bodyBase64: Buffer.from(body).toString('base64') }),
});

/** Adds the cause of a bad signature, if it was found. */
export const withDiagnosis = (report: RequestReport, diagnosis: Diagnosis | undefined): RequestReport =>
  diagnosis && report.signature?.valid === false
    ? { ...report, signature: { ...report.signature, diagnosis } }
    : report;

export const forwardReport = (
  { seq }: Pick<ReceivedRequest, 'seq'>,
  { url, outcome }: Forwarded,
  { show }: Pick<ReportOptions, 'show'>,
): ForwardReport => {
  const { milliseconds } = outcome;
  const report = { type: 'forward', seq, url, milliseconds } as const;
  if ('failure' in outcome) return { ...report, status: null, failure: outcome.failure.reason };
  return { ...report, status: outcome.reply.status, ...shownParts(outcome.reply, show) };
};

export const protocolErrorReport = ({ receivedAt, reason, status }: ProtocolError): ProtocolErrorReport => ({
  type: 'nonsense',
  receivedAt: receivedAt.toISOString(),
  reason,
  status,
});

/** `match`: the values expected of events. */
export const summaryReport = (
  counts: ReceivedCounts,
  match: readonly Match[],
  unsearched: number,
): ListenSummaryReport => ({
  type: 'summary',
  ...counts,
  unmet: unmetWords(counts, match),
  unsearched,
});

function unmetWords({ matched, expected }: ReceivedCounts, match: readonly Match[]): string[] {
  if (expected === null || matched >= expected) return [];
  const values = [...byPath(match)].map(([path, group]) => `${path}=${group.map(({ value }) => value).join(' or ')}`);
  const events = `${expected - matched} of ${expected} verified ${expected === 1 ? 'event' : 'events'}`;
  return [values.length > 0 ? `${events} with ${values.join(' and ')}` : events];
}
