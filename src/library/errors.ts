import { CommandError } from '../errors.js';

/** A receiver was waited for in vain. The message lists what came instead, and why it didn't match. */
export class WaitTimeoutError extends CommandError {
  readonly code = 'wait-timeout';
}

/** A request came to a receiver that expected none. The message lists it. */
export class UnexpectedRequestError extends CommandError {
  readonly code = 'unexpected-request';
}

/** The receiver or the sender was closed before it was done. */
export class ClosedError extends CommandError {
  readonly code = 'closed';
}
