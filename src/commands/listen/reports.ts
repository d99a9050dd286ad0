import type { Header } from '../../delivery/header.js';
import { redactHeaders } from '../../delivery/header.js';
import type { Problem } from '../../event/problem.js';
import type { EventSummary } from '../../event/summary.js';
import type { ReceivedRequest } from '../../listener/received.js';
import type { Judgement, Refusal } from '../../listener/receiver.js';
import type { Verification } from '../../signature/fin.js';

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
  /** Of the answer. */
  status: number;
  milliseconds: number;
  /** With `--show headers`. */
  headers?: Header[];
  /** With `--show body`. */
  bodyBase64?: string;
}

type SignatureFinding =
  | { valid: true; secret: string; algorithm: string }
  | { valid: false; reason: (Verification & { valid: false })['reason'] };

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

export type ListenReport = ReadyReport | RequestReport | ListenSummaryReport;

/** What `--show` may ask for. */
export type Part = 'headers' | 'body';

export const requestReport = (
  { seq, receivedAt, method, target, headers, body }: ReceivedRequest,
  { status, refusal, signature, event, summary }: Judgement,
  { milliseconds, show }: { milliseconds: number; show: readonly Part[] },
): RequestReport => ({
  ...{ type: 'request', seq, receivedAt: receivedAt.toISOString(), method, target, bytes: body.length },
  ...(refusal && { refusal }),
  signature: signature ? findingOf(signature) : null,
  event: summary,
  schema: event ? { valid: event.isEvent, problems: event.problems, omitted: event.omitted } : null,
  ...{ status, milliseconds },
  ...(show.includes('headers') && { headers: redactHeaders(headers) }),
  ...(show.includes('body') && { bodyBase64: Buffer.from(body).toString('base64') }),
});

const findingOf = (signature: Verification): SignatureFinding =>
  signature.valid ? { valid: true, secret: signature.secret.origin, algorithm: signature.algorithm } : signature;
