import type { Answered, Attempt, DeliveryRequest } from '../../sender/http-client.js';
import type { FailureReason } from '../../sender/failure.js';
import { redactHeaders, type Header } from '../../http/header.js';
import type { Unmet } from '../../sender/expectation.js';
import { summariseBody, type EventSummary } from '../../event/summary.js';
import type { Part } from './flags.js';
import type { Algorithm } from '../../scheme/definition.js';

/** Which of all deliveries it is. */
export interface Place {
  /** 1 for the first. */
  seq: number;
  /** How many there are, where several are on their way at a time: then what belongs together isn't side by side. */
  asked?: number;
}

/** A request is about to be sent. */
export interface SentReport extends Place {
  type: 'sent';
  source: string;
  event: EventSummary;
  method: string;
  url: string;
  bytes: number;
  /** Null: unsigned. */
  algorithm: Algorithm | null;
}

/** What came back. */
export interface ReplyReport extends Place {
  type: 'reply';
  /** 1 for the first. */
  attempt: number;
  status: number;
  statusText: string;
  milliseconds: number;
  isExpected: boolean;
  /** What isn't as expected. */
  unmet: Unmet[];
  /** Another attempt follows, which may mend it. */
  isRetried?: true;
  /** What may help, the first time that this came back. */
  hint?: string;
  /** With `--show headers`. */
  headers?: Header[];
  /** With `--show body`: the first MiB. */
  bodyBase64?: string;
}

/** The request is going to be sent again. */
export interface RetryReport extends Place {
  type: 'retry';
  /** The next one. */
  attempt: number;
  /** How many there may be. */
  attempts: number;
  /** Milliseconds. */
  wait: number;
  /** A status, or why there was no answer. */
  because: number | FailureReason;
}

/** Of several deliveries. */
export interface DeliverySummaryReport extends Partial<LoadFigures> {
  type: 'summary';
  asked: number;
  expected: number;
  unexpected: number;
  failed: number;
}

/** Added under load. */
export interface LoadFigures {
  /** That went out, with those of `--retries`. */
  requests: number;
  seconds: number;
  /** Requests. */
  perSecond: number;
  /** How many answers had each status. */
  statuses: Readonly<Record<string, number>>;
  /** How often there was no answer, by the reason; and what never went out, by the code of its error. */
  errors: Readonly<Record<string, number>>;
  /** Requests of these that couldn't be recorded. */
  unrecorded: number;
  /** Requests a second, as they were asked for. */
  rate?: number;
  /** With a rate: how many requests began more than 100 ms after they were due. */
  late?: number;
  /** Milliseconds until an answer was there, with a rate from when the request was due; null: there was none. */
  latency: { p50: number; p90: number; p99: number; max: number } | null;
}

export type DeliveryReport = SentReport | ReplyReport | RetryReport | DeliverySummaryReport;

export const sentReport = (
  { method, url, body }: DeliveryRequest,
  { source, algorithm, ...place }: Place & Pick<SentReport, 'source'> & { algorithm: Algorithm | undefined },
): SentReport => ({
  ...{ type: 'sent', ...place, source, event: summariseBody(body), method },
  ...{ url: url.href, bytes: body.length, algorithm: algorithm ?? null },
});

export const replyReport = (
  { reply, milliseconds }: Answered,
  { attempt, unmet, show, ...place }: Place & Pick<ReplyReport, 'attempt' | 'unmet'> & { show: readonly Part[] },
): ReplyReport => ({
  ...{ type: 'reply', ...place, attempt, status: reply.status, statusText: reply.statusText, milliseconds },
  ...{ isExpected: unmet.length === 0, unmet },
  ...(show.includes('headers') && { headers: redactHeaders(reply.headers) }),
  ...(show.includes('body') && { bodyBase64: Buffer.from(reply.body).toString('base64') }),
});

export const retryReport = (
  failed: Attempt,
  facts: Place & Pick<RetryReport, 'attempt' | 'attempts' | 'wait'>,
): RetryReport => ({
  ...{ type: 'retry', ...facts },
  because: 'reply' in failed ? failed.reply.status : failed.failure.reason,
});
