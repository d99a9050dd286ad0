import type { AnsweredBy, CapturedAnswer, CapturedRequest, RecordedVerdict } from './captured-request.js';

/** The response that a captured request got. */
export interface Answered {
  /** Null: it got no response. */
  status: number | null;
  /** Undefined if the capture doesn't say. */
  by?: AnsweredBy;
  milliseconds?: number;
}

/**
 * Returns the response to a request; undefined if the capture doesn't say. It needs the responses and verdicts of a
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
  // In older recordings, too, a refusal is the receiver's own response. Accepted requests may have been forwarded.
  return by === 'receiver' || !isGood(status) ? { status, by: 'receiver' } : undefined;
}

/** Undefined if the request got no response, or if that is unknown. */
export const statusOf = (request: CapturedRequest): number | undefined => answeredOf(request)?.status ?? undefined;

/** Whether the recording receiver refused it for its signature, its body or how it was sent. */
export const isRefused = ({ verdict }: CapturedRequest): boolean =>
  verdict?.refusal !== undefined || (verdict?.status !== undefined && !isGood(verdict.status));

/** The class of a response, such as `2xx`; `none` without one. */
export const answerClass = (status: number | null | undefined): string =>
  status === undefined || status === null ? 'none' : `${Math.floor(status / 100)}xx`;

/** Whether a response means success to a sender. */
export const isGood = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300;
