import type { DeliveryRequest, Reply } from '../../delivery/deliver.js';
import type { StatusSet } from '../../delivery/status-set.js';
import { summariseBody, type EventSummary } from '../../event/summary.js';
import type { Algorithm } from '../../signature/algorithms.js';

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
  status: number;
  statusText: string;
  milliseconds: number;
  isExpected: boolean;
  /** The set of statuses that counts as success, as written. */
  expected: string;
}

/** Of several deliveries. */
export interface SendSummaryReport {
  type: 'summary';
  asked: number;
  expected: number;
  unexpected: number;
  failed: number;
}

export type SendReport = SentReport | ReplyReport | SendSummaryReport;

export const sentReport = (
  { method, url, body }: DeliveryRequest,
  { seq, source, algorithm }: Pick<SentReport, 'seq' | 'source'> & { algorithm: Algorithm | undefined },
): SentReport => ({
  ...{ type: 'sent', seq, source, event: summariseBody(body), method },
  ...{ url: url.href, bytes: body.length, algorithm: algorithm ?? null },
});

export const replyReport = (
  { reply: { status, statusText }, milliseconds }: { reply: Reply; milliseconds: number },
  { seq, expected }: { seq: number; expected: StatusSet },
): ReplyReport => ({
  ...{ type: 'reply', seq, status, statusText, milliseconds },
  ...{ isExpected: expected.includes(status), expected: expected.text },
});
