import type { Answered, Attempt, DeliveryRequest } from '../../sender/attempt.js';
import type { FailureReason } from '../../sender/failure.js';
import { redactHeaders, type Header } from '../../http/header.js';
import type { Unmet } from '../../sender/expectation.js';
import type { LoadFigures } from '../../sender/meter.js';
import type { Scheme } from '../../scheme/scheme.js';
import { placesOf } from '../../scheme/schemes.js';
import { summariser, type EventSummary } from '../../event/summary.js';
import type { Part } from './flags.js';
import type { Algorithm } from '../../scheme/definition.js';

/** Which delivery of the command it is. */
export interface DeliveryNumber {
  /** 1 for the first. */
  seq: number;
  /** The number of deliveries. Set only if several run at once, because their lines are interleaved. */
  asked?: number;
}

/** A request is about to be sent. */
export interface SentReport extends DeliveryNumber {
  type: 'sent';
  source: string;
  event: EventSummary;
  method: string;
  url: string;
  bytes: number;
  /** Null if it is unsigned. */
  algorithm: Algorithm | null;
}

/** A response came back. */
export interface ReplyReport extends DeliveryNumber {
  type: 'reply';
  /** 1 for the first. */
  attempt: number;
  status: number;
  statusText: string;
  milliseconds: number;
  isExpected: boolean;
  /** The unmet expectations. */
  unmet: Unmet[];
  /** Another attempt follows. */
  isRetried?: true;
  /** A hint. Each is given once. */
  hint?: string;
  /** With `--show headers`. */
  headers?: Header[];
  /** With `--show body`: the first MiB. */
  bodyBase64?: string;
}

/** The request will be sent again. */
export interface RetryReport extends DeliveryNumber {
  type: 'retry';
  /** The number of the next attempt. */
  attempt: number;
  /** The maximum number of attempts. */
  attempts: number;
  /** Milliseconds. */
  wait: number;
  /** The status, or why there was no response. */
  because: number | FailureReason;
}

/** Sums up several deliveries. The figures are added for a load. */
export interface DeliverySummaryReport extends Partial<LoadFigures> {
  type: 'summary';
  asked: number;
  expected: number;
  unexpected: number;
  failed: number;
}

export type DeliveryReport = SentReport | ReplyReport | RetryReport | DeliverySummaryReport;

export const sentReport = (
  { method, url, headers, body }: Pick<DeliveryRequest, 'method' | 'url' | 'headers' | 'body'>,
  {
    source,
    scheme,
    algorithm,
    ...number
  }: DeliveryNumber & { source: string; scheme: Scheme; algorithm: Algorithm | undefined },
): SentReport => ({
  type: 'sent',
  ...number,
  source,
  event: summariser(placesOf(scheme))({ headers, body }),
  method,
  url: url.href,
  bytes: body.length,
  algorithm: algorithm ?? null,
});

export const replyReport = (
  { reply, milliseconds }: Answered,
  { attempt, unmet, show, ...number }: DeliveryNumber & { attempt: number; unmet: Unmet[]; show: readonly Part[] },
): ReplyReport => ({
  type: 'reply',
  ...number,
  attempt,
  status: reply.status,
  statusText: reply.statusText,
  milliseconds,
  isExpected: unmet.length === 0,
  unmet,
  ...(show.includes('headers') && { headers: redactHeaders(reply.headers) }),
  ...(show.includes('body') && { bodyBase64: Buffer.from(reply.body).toString('base64') }),
});

export const retryReport = (
  failed: Attempt,
  facts: DeliveryNumber & Pick<RetryReport, 'attempt' | 'attempts' | 'wait'>,
): RetryReport => ({
  type: 'retry',
  ...facts,
  because: 'reply' in failed ? failed.reply.status : failed.failure.reason,
});
