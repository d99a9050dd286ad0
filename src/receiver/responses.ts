import type { Header } from '../http/header.js';
import type { ReceivedRequest } from './received-request.js';

/**
 * How a receiver responds to a request. `drop` closes the connection without a response; `hang` leaves the client
 * waiting until it leaves or the receiver closes.
 */
export type Action = Answer | 'drop' | 'hang';

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** The response of another server, forwarded unchanged. Default: the body is the reason phrase of the status. */
  content?: { headers: readonly Header[]; body: Uint8Array };
}

/** The actions for accepted requests, one each. The last action repeats. */
export type ResponsePlan = readonly Action[];

/**
 * Decides how to respond to an accepted request; undefined means with the assessment's status. `ending` is aborted when
 * the receiver is about to stop waiting. An exception is a bug, and the request gets a 500.
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
