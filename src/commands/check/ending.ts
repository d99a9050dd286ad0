import type { Ending } from '../../conformance/run-cases.js';
import { ConnectionError, type LocalError } from '../../errors.js';
import type { Failure } from '../../sender/failure.js';
import { connectionError, type Circumstances } from '../sending/connection-error.js';
import { hintTo } from '../sending/reply-hints.js';

/** What may be wrong with a receiver that accepts nothing. */
export function refusalHint(ending: Ending, circumstances: Circumstances): string | undefined {
  if (ending.kind !== 'refusing' || !ending.exchange) return undefined;
  const { attempt, delivery } = ending.exchange;
  if ('failure' in attempt) return connectionError(attempt.failure, circumstances).hint;
  return hintTo(attempt.reply, { bytes: delivery.body.length, path: circumstances.url.pathname });
}

/** Why the run broke off, if it did. */
export function endingProblem(ending: Ending, circumstances: Circumstances): string | undefined {
  if (ending.kind === 'stopped') return 'the run was stopped before its end';
  return ending.kind === 'gone' ? connectionError(ending.failure, circumstances).message : undefined;
}

/** `last` is the case that ran last, if any did. */
export function goneError(
  failure: Failure,
  circumstances: Circumstances,
  last: string | undefined,
): ConnectionError | LocalError {
  const error = connectionError(failure, circumstances);
  if (failure.reason === 'local-error') return error;
  const { message, hint, cause } = error;
  if (last !== undefined) {
    const advice = `"${last}" was the last case that ran, and may be the cause: look into the receiver's log`;
    return new ConnectionError(`the receiver is gone: ${message}`, { hint: advice, cause });
  }
  const isDown = failure.reason === 'refused' || failure.reason === 'timeout';
  const advice = isDown
    ? 'start the receiver, or correct the port; --wait 30s waits until it accepts connections'
    : hint;
  return new ConnectionError(message, { hint: advice, cause });
}
