import type { Attempt } from './attempt.js';
import type { Failure, FailureReason } from './failure.js';
import { ProxyError } from './route.js';

export interface RetryPolicy {
  /** Attempts after the first. */
  retries: number;
  /** Milliseconds: the longest wait that a receiver may ask for. */
  maxWait: number;
}

export type RetryDecision =
  | { again: true; /** Milliseconds. */ wait: number }
  /** `wait-too-long`: the receiver asked for a longer wait than `maxWait`. */
  | { again: false; reason: 'final' | 'used-up' | 'wait-too-long' };

const passingStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];
const passingFailures: readonly FailureReason[] = [
  'refused',
  'reset',
  'unreachable',
  'dns-unavailable',
  'timeout',
  'local-error',
];

/** Milliseconds. */
const firstWait = 500;
const longestWait = 30_000;

/**
 * Decides whether to retry after `tries` attempts, and how long to wait: as long as `Retry-After` asks, or else a random
 * part of an exponentially growing time. `chance` is from 0 to 1.
 */
export function decideRetry(
  attempt: Attempt,
  { retries, maxWait }: RetryPolicy,
  { tries, now, chance }: { tries: number; now: Date; chance: number },
): RetryDecision {
  if (!isPassing(attempt)) return { again: false, reason: 'final' };
  if (tries > retries) return { again: false, reason: 'used-up' };
  const asked = 'reply' in attempt ? retryAfter(attempt.reply.headers, now) : undefined;
  if (asked !== undefined)
    return asked > maxWait ? { again: false, reason: 'wait-too-long' } : { again: true, wait: asked };
  // "Full jitter": https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
  return { again: true, wait: Math.round(chance * Math.min(longestWait, firstWait * 2 ** (tries - 1))) };
}

const isPassing = (attempt: Attempt): boolean =>
  'reply' in attempt
    ? passingStatuses.includes(attempt.reply.status)
    : passingFailures.includes(attempt.failure.reason) || isPassingProxy(attempt.failure);

const isPassingProxy = ({ cause }: Failure): boolean =>
  cause instanceof ProxyError && (cause.status === undefined || passingStatuses.includes(cause.status));

/** Returns milliseconds. The header holds seconds or a date: RFC 9110, 10.2.3. */
function retryAfter(headers: readonly (readonly [string, string])[], now: Date): number | undefined {
  const [, text] = headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
  if (text === undefined) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
