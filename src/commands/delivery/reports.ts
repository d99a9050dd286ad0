import type { Answered, Attempt, DeliveryRequest } from '../../delivery/deliver.js';
import type { FailureReason } from '../../delivery/failure.js';
import { redactHeaders, type Header } from '../../http/header.js';
import type { Unmet } from '../../delivery/judgement.js';
import { summariseBody, type EventSummary } from '../../event/summary.js';
import type { Algorithm } from '../../signature/algorithms.js';
import type { Part } from './flags.js';

/** A request is about to be sent. */
export interface SentReport {
  type: 'sent';
  /** 1 for the first. */
  seq: number;
  source: string;
  event: EventSummary;
  method: string;
  url: string;
  bytes: number;
  /** Null: unsigned. */
  algorithm: Algorithm | null;
}

/** What came back. */
export interface ReplyReport {
  type: 'reply';
  seq: number;
  /** 1 for the first. */
  attempt: number;
  status: number;
  statusText: string;
  milliseconds: number;
  isExpected: boolean;
  /** What isn't as expected. */
  unmet: Unmet[];
  /** What may help, the first time that this came back. */
  hint?: string;
  /** With `--show headers`. */
  headers?: Header[];
  /** With `--show body`: the first MiB. */
  bodyBase64?: string;
}

/** The request is going to be sent again. */
export interface RetryReport {
  type: 'retry';
  seq: number;
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
export interface DeliverySummaryReport {
  type: 'summary';
  asked: number;
  expected: number;
  unexpected: number;
  failed: number;
}

export type DeliveryReport = SentReport | ReplyReport | RetryReport | DeliverySummaryReport;

export const sentReport = (
  { method, url, body }: DeliveryRequest,
  { seq, source, algorithm }: Pick<SentReport, 'seq' | 'source'> & { algorithm: Algorithm | undefined },
): SentReport => ({
  ...{ type: 'sent', seq, source, event: summariseBody(body), method },
  ...{ url: url.href, bytes: body.length, algorithm: algorithm ?? null },
});

export const replyReport = (
  { reply, milliseconds }: Answered,
  { seq, attempt, unmet, show }: Pick<ReplyReport, 'seq' | 'attempt' | 'unmet'> & { show: readonly Part[] },
): ReplyReport => ({
  ...{ type: 'reply', seq, attempt, status: reply.status, statusText: reply.statusText, milliseconds },
  ...{ isExpected: unmet.length === 0, unmet },
  ...(show.includes('headers') && { headers: redactHeaders(reply.headers) }),
  ...(show.includes('body') && { bodyBase64: Buffer.from(reply.body).toString('base64') }),
});

export const retryReport = (
  failed: Attempt,
  facts: Pick<RetryReport, 'seq' | 'attempt' | 'attempts' | 'wait'>,
): RetryReport => ({
  ...{ type: 'retry', ...facts },
  because: 'reply' in failed ? failed.reply.status : failed.failure.reason,
});
