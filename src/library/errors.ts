import { CommandError } from '../errors.js';

/** A wait for a request timed out. The message lists the requests that arrived, and why they didn't match. */
export class WaitTimeoutError extends CommandError {
  readonly code = 'wait-timeout';
}

/** A receiver that expected no request got one. The message lists it. */
export class UnexpectedRequestError extends CommandError {
  readonly code = 'unexpected-request';
}

/** The receiver or the sender was closed before it had finished. */
export class ClosedError extends CommandError {
  readonly code = 'closed';
}
