import type { Ending } from '../../conformance/run-cases.js';
import { ConnectionError, type InputError, type LocalError } from '../../errors.js';
import type { Algorithm } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Failure } from '../../sender/failure.js';
import type { SuiteRun } from '../../conformance/run-suite.js';
import type { Unready } from '../../conformance/wait.js';
import { durationText } from '../../config/values.js';
import { connectionError, type Circumstances } from '../sending/connection-error.js';
import { hintTo } from '../sending/reply-hints.js';
import { effectError } from './effect-error.js';

/** Hints for a receiver that accepts nothing. */
export function refusalHint(
  ending: Ending,
  { scheme, algorithm, ...circumstances }: Circumstances & { scheme: Scheme; algorithm: Algorithm },
): string | undefined {
  if (ending.kind !== 'refusing' || !ending.exchange) return undefined;
  const { attempt, delivery } = ending.exchange;
  if ('failure' in attempt) return connectionError(attempt.failure, circumstances).hint;
  const { url } = circumstances;
  return hintTo(attempt.reply, { bytes: delivery.body.length, path: url.pathname, signature: algorithm, scheme });
}

/** Says why a run ended early, if it did: in documents, and as an error unless a case was the reason. */
export function breakOf({ reports, ending, unready }: SuiteRun, circumstances: Circumstances): Break {
  if (unready) {
    const error = unreadyError(unready, circumstances.timeout);
    return { problem: error.message, error };
  }
  if (ending.kind === 'stopped') return { problem: 'the run was stopped early', error: undefined };
  if (ending.kind === 'probe-failed' || ending.kind === 'restart-failed') {
    const error = effectError(ending, circumstances.timeout);
    return { problem: error.message, error };
  }
  if (ending.kind !== 'gone') return { problem: undefined, error: undefined };
  const last = reports.findLast(({ outcome }) => outcome !== 'not-run');
  const { message } = connectionError(ending.failure, circumstances);
  return { problem: message, error: goneError(ending.failure, circumstances, last?.id) };
}

interface Break {
  problem: string | undefined;
  error: ConnectionError | InputError | LocalError | undefined;
}

/** Describes a wait that timed out. A TLS failure is reported as such: waiting longer wouldn't help. */
function unreadyError({ url, last, patience, isHealth }: Unready, timeout: number): ConnectionError {
  const name = isHealth ? url.href : url.origin;
  const within = `within ${durationText(patience)}`;
  if ('status' in last) {
    const wanted = isHealth ? `${name} didn't return 2xx ${within}` : `${name} wasn't ready ${within}`;
    const hint = isHealth ? 'check the URL, or wait longer with --wait' : 'wait longer with --wait, or check its log';
    return new ConnectionError(`${wanted}: the last response was ${last.status}`, { hint });
  }
  const { message, hint, cause } = connectionError(last, { url, timeout });
  if (last.reason === 'tls') return new ConnectionError(message, { hint, cause });
  return new ConnectionError(`${name} didn't respond ${within}: ${message}`, {
    hint: 'start it, or wait longer with --wait',
    cause,
  });
}

/** `last` is the case that ran last, if any did. */
function goneError(
  failure: Failure,
  circumstances: Circumstances,
  last: string | undefined,
): ConnectionError | LocalError {
  const error = connectionError(failure, circumstances);
  if (failure.reason === 'local-error') return error;
  const { message, hint, cause } = error;
  if (last !== undefined) {
    const advice = `"${last}" ran last and may be the cause: check the receiver's log`;
    return new ConnectionError(`the receiver is gone: ${message}`, { hint: advice, cause });
  }
  const isDown = failure.reason === 'refused' || failure.reason === 'timeout';
  const advice = isDown ? 'start the receiver, or fix the port; --wait 30s waits until it responds' : hint;
  return new ConnectionError(message, { hint: advice, cause });
}
