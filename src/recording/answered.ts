import type { AnsweredBy, CapturedAnswer, CapturedRequest, RecordedVerdict } from './captured-request.js';

/** How a captured request was answered. */
export interface Answered {
  /** Null: it wasn't answered. */
  status: number | null;
  /** Undefined: the capture doesn't say. */
  by?: AnsweredBy;
  milliseconds?: number;
}

/**
 * Returns how a request was answered; undefined if the capture doesn't say. It needs the answers and verdicts of a
 * capture: see `readExchanges`.
 */
export function answeredOf({ answer, verdict, wasSent }: CapturedRequest): Answered | undefined {
  if (answer && answer.status > 0) return recordedAnswer(answer, verdict?.answeredBy);
  if (verdict) return ownAnswer(verdict);
  return wasSent ? { status: null } : undefined;
}

function recordedAnswer({ status, milliseconds }: CapturedAnswer, by: AnsweredBy | undefined): Answered {
  return { status, ...(by !== undefined && { by }), ...(milliseconds !== undefined && { milliseconds }) };
}

function ownAnswer({ status, answeredBy: by }: RecordedVerdict): Answered | undefined {
  if (by === 'application') return { status: null, by };
  if (by === 'plan' || status === undefined) return undefined;
  // In older recordings, too, a refusal is the receiver's own answer. Accepted requests may have been forwarded.
  return by === 'receiver' || !isGood(status) ? { status, by: 'receiver' } : undefined;
}

/** Undefined if the request wasn't answered, or if that is unknown. */
export const statusOf = (request: CapturedRequest): number | undefined => answeredOf(request)?.status ?? undefined;

/** Whether the recording receiver refused it for its signature, its body or how it was sent. */
export const isRefused = ({ verdict }: CapturedRequest): boolean =>
  verdict?.refusal !== undefined || (verdict?.status !== undefined && !isGood(verdict.status));

/** The class of an answer, such as `2xx`; `none` without one. */
export const answerClass = (status: number | null | undefined): string =>
  status === undefined || status === null ? 'none' : `${Math.floor(status / 100)}xx`;

/** Whether an answer means success to a sender. */
export const isGood = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300;
