import type { Header } from '../http/header.js';
import type { ReceivedRequest } from './received-request.js';

/**
 * What a receiver does about a request. `drop` closes the connection without an answer; `hang` leaves the client waiting
 * until it goes away or the receiver closes.
 */
export type Action = Answer | 'drop' | 'hang';

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** The answer of another server, passed on as it is. Without it, the body is the reason phrase of the status. */
  content?: { headers: readonly Header[]; body: Uint8Array };
}

/** What to do about accepted requests, one action each. The last action repeats. */
export type ResponsePlan = readonly Action[];

/**
 * Decides what to do about an accepted request; undefined: the assessment's status is the answer. `ending` is aborted when the
 * receiver is about to stop waiting. What it throws is a bug, and the request is answered 500.
 */
export type Decide = (
  request: ReceivedRequest,
  ending: AbortSignal,
) => Action | undefined | Promise<Action | undefined>;

/** Returns a function that gives the next action of `plan` at each call, or undefined if the plan is empty. */
export function followPlan(plan: ResponsePlan): () => Action | undefined {
  let turn = 0;
  return () => plan[Math.min(turn++, plan.length - 1)];
}
