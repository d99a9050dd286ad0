import type { Clock } from '../../ports.js';
import { schemeChecks, toleranceChecks, type SchemeOptions, type ToleranceOptions } from '../options.js';
import { anything, callback, clock, signal, text, wholeNumber, type Checks } from '../shape.js';
import type { Respond } from './respond.js';

export interface ReceiverOptions extends SchemeOptions, ToleranceOptions {
  /** How to respond to accepted requests. Others get the response of a correct receiver. Default: 200. */
  respond?: Respond | undefined;
  /** Default: `127.0.0.1`. `localhost` is 127.0.0.1 and ::1. */
  host?: string | undefined;
  /** Default: 0, any free port. */
  port?: number | undefined;
  /** The only path that exists, such as `/webhooks`. Default: any. */
  path?: string | undefined;
  /** The largest body to take, in bytes. Default: 1 MiB. */
  maxBody?: number | undefined;
  /** The number of requests to keep; the oldest make room for new ones. Default: 10,000. */
  maxRequests?: number | undefined;
  /** The bytes that they may take. Default: 64 MiB. */
  maxBytes?: number | undefined;
  /** Closes the receiver. */
  signal?: AbortSignal | undefined;
  /**
   * Called for an exception in `respond`, which causes a 500, and for a response that can't be written. By default, the wait
   * in progress rejects with it, or else the next one, or `close`.
   */
  onError?: ((error: unknown) => void) | undefined;
  /** Default: the system clock. */
  clock?: Pick<Clock, 'now'> | undefined;
}

export const receiverChecks: Checks<ReceiverOptions> = {
  ...schemeChecks,
  ...toleranceChecks,
  respond: anything,
  host: text,
  port: anything,
  path: text,
  maxBody: anything,
  maxRequests: wholeNumber,
  maxBytes: wholeNumber,
  signal,
  onError: callback,
  clock,
};
