import { setTimeout as sleep } from 'node:timers/promises';
import { connectionError } from './connection-error.js';
import type { Attempt, DeliveryRequest } from '../../sender/http-client.js';
import { judgeReply, type ReplyExpectation, type Unmet } from '../../sender/expectation.js';
import { decideRetry, type RetryDecision, type RetryPolicy } from '../../sender/retry.js';
import type { LocalError } from '../../errors.js';
import type { Context } from '../command.js';
import type { Delivering } from './delivering.js';
import type { Meter } from './meter.js';
import type { Outgoing, Telling } from './telling.js';

export type DeliveryResult = 'expected' | 'unexpected' | 'failed';

/** How it is done, told of, and, under load, measured. */
export interface Work {
  delivering: Delivering;
  telling: Telling;
  meter: Meter | undefined;
}

/** What a delivery needs of the outside world. */
type Surroundings = Pick<Context, 'signal' | 'entropy' | 'now'>;

/** Sends until an answer is final, and tells of each attempt, and of what failed. */
export async function deliver(outgoing: Outgoing, work: Work, context: Surroundings): Promise<DeliveryResult> {
  const { request, place, due } = outgoing;
  const { delivering, telling, meter } = work;
  const { client, expectation, policy } = delivering;
  for (let tries = 1; ; tries += 1) {
    const begin = performance.now();
    const attempt = await client.deliver(request);
    // Had it begun when it was due, it would have waited for its answer from then on.
    const since = tries === 1 && due !== undefined ? due : begin;
    meter?.note(attempt, performance.now() - since, begin - since);
    const unrecorded = await delivering.record(request, place, attempt);
    const judged: Judged = { attempt, unmet: unmetBy(attempt, expectation), unrecorded };
    const decision = decide(judged, tries, { policy, context });
    if ('reply' in attempt)
      await telling.answered(attempt, { unmet: judged.unmet, tries, isRetried: decision.again }, outgoing);
    if (decision.again) {
      const { wait } = decision;
      await telling.retried(attempt, { attempt: tries + 1, attempts: policy.retries + 1, wait }, outgoing);
      await pause(wait, context.signal);
      if (!context.signal.aborted) continue;
    } else if (decision.reason === 'wait-too-long') telling.waitRefused();
    return resultOf(judged, request, work);
  }
}

/** What came of an attempt, and what isn't as it should be. */
interface Judged {
  attempt: Attempt;
  unmet: Unmet[];
  /** Why it isn't in the recording. */
  unrecorded: LocalError | undefined;
}

const unmetBy = (attempt: Attempt, expectation: ReplyExpectation): Unmet[] =>
  'reply' in attempt ? judgeReply(attempt, expectation) : [];

function resultOf(
  { attempt, unmet, unrecorded }: Judged,
  { url }: DeliveryRequest,
  { delivering: { timeout }, telling, meter }: Work,
): DeliveryResult {
  if ('failure' in attempt) telling.failed(connectionError(attempt.failure, { timeout, url }));
  if (unrecorded) {
    meter?.noteUnrecorded();
    telling.failed(unrecorded);
  }
  if (unrecorded || 'failure' in attempt) return 'failed';
  return unmet.length === 0 ? 'expected' : 'unexpected';
}

const final: RetryDecision = { again: false, reason: 'final' };

/** Whether to try again; not what is as expected, nor what can't be recorded, nor when the user has had enough. */
function decide(
  { attempt, unmet, unrecorded }: Judged,
  tries: number,
  { policy, context }: { policy: RetryPolicy; context: Surroundings },
): RetryDecision {
  if (unrecorded || context.signal.aborted || ('reply' in attempt && unmet.length === 0)) return final;
  const chance = Buffer.from(context.entropy(4)).readUInt32BE() / 2 ** 32;
  return decideRetry(attempt, policy, { tries, now: context.now(), chance });
}

/** Waits, but not longer than the user does. `duration` in milliseconds. */
export async function pause(duration: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + duration;
  for (let left = duration; left > 0 && !signal.aborted; left = end - performance.now()) {
    await sleep(Math.min(left, longestTimer), undefined, { signal }).catch(() => undefined);
  }
}

/** In milliseconds, nearly 25 days: Node lets a timer that is longer fire at once. */
const longestTimer = 2 ** 31 - 1;
