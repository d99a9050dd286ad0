import type { CommandError } from '../errors.js';
import type { Unmet } from '../sender/expectation.js';
import type { FailureReason } from '../sender/failure.js';

/** The outcome of a delivery. The receiver's behaviour never causes an exception. */
export interface DeliveryResult {
  /** Whether the response was the expected one. */
  isExpected: boolean;
  /** The status of the last response; undefined if there was none. */
  status: number | undefined;
  /** Of the last response, with names in lower case; repeated ones are joined by a comma. */
  headers: Record<string, string>;
  /** Of the last response: the first MiB. */
  body: Buffer;
  /** The unmet expectations of the last response. */
  unmet: readonly Unmet[];
  /** Why the last attempt got no response. */
  failure: FailureReason | undefined;
  /** Each attempt, in order. None if it was never sent. */
  attempts: readonly DeliveryAttempt[];
  /** Why nothing could be sent. */
  error: CommandError | undefined;
}

export interface DeliveryAttempt {
  /** Undefined if there was no response. */
  status: number | undefined;
  failure: FailureReason | undefined;
  milliseconds: number;
}
