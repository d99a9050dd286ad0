import { setTimeout as sleep } from 'node:timers/promises';
import { connectionError } from '../../delivery/connection-error.js';
import type { Attempt, DeliveryRequest } from '../../delivery/deliver.js';
import { judgeReply } from '../../delivery/judgement.js';
import { decideRetry, type RetryPolicy } from '../../delivery/retry.js';
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
type Surroundings = Pick<Context, 'signal' | 'warn' | 'entropy' | 'now'>;

/** Sends until an answer is final, and tells of each attempt. Throws ConnectionError when the last one had no answer. */
export async function deliver(
  outgoing: Outgoing,
  { delivering, telling, meter }: Work,
  context: Surroundings,
): Promise<DeliveryResult> {
  const { request, place } = outgoing;
  const { courier, expectation, policy } = delivering;
  for (let tries = 1; ; tries += 1) {
    const begin = performance.now();
    const attempt = await courier.deliver(request);
    meter?.note(attempt, performance.now() - begin);
    await delivering.record(request, place, attempt);
    if ('reply' in attempt) {
      const unmet = judgeReply(attempt, expectation);
      await telling.answered(attempt, { unmet, tries }, outgoing);
      if (unmet.length === 0) return 'expected';
    }
    const wait = context.signal.aborted ? undefined : waitAfter(attempt, tries, { policy, context });
    if (wait !== undefined) {
      await telling.retried(attempt, { attempt: tries + 1, attempts: policy.retries + 1, wait }, outgoing);
      await pause(wait, context.signal);
    }
    if (wait === undefined || context.signal.aborted) return giveUp(attempt, request, delivering);
  }
}

function giveUp(attempt: Attempt, { url }: DeliveryRequest, { timeout }: Delivering): DeliveryResult {
  if ('failure' in attempt) throw connectionError(attempt.failure, { timeout, url });
  return 'unexpected';
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

/** Milliseconds until the next attempt; none where there is to be none. */
function waitAfter(
  attempt: Attempt,
  tries: number,
  { policy, context }: { policy: RetryPolicy; context: Surroundings },
): number | undefined {
  const chance = Buffer.from(context.entropy(4)).readUInt32BE() / 2 ** 32;
  const decision = decideRetry(attempt, policy, { tries, now: context.now(), chance });
  if (decision.again) return decision.wait;
  if (decision.reason === 'wait-too-long') context.warn('the receiver asks for a longer wait than --max-wait allows');
  return undefined;
}
