import { setTimeout as sleep } from 'node:timers/promises';
import { connectionError } from '../../delivery/connection-error.js';
import type { Answered, Attempt } from '../../delivery/deliver.js';
import { judgeReply } from '../../delivery/judgement.js';
import { decideRetry, type RetryPolicy } from '../../delivery/retry.js';
import type { Context } from '../command.js';
import type { Delivering } from './delivering.js';
import type { Sent } from './record.js';
import { hintTo } from './hints.js';
import { replyReport, retryReport, type DeliveryReport, type Place } from './reports.js';

export type DeliveryResult = 'expected' | 'unexpected' | 'failed';

/** Sends until an answer is final, and reports each attempt. Throws ConnectionError when the last one had no answer. */
export async function deliver(
  request: Sent,
  delivering: Delivering,
  context: Context<DeliveryReport>,
): Promise<DeliveryResult> {
  const { courier, policy } = delivering;
  for (let tries = 1; ; tries += 1) {
    const attempt = await courier.deliver(request);
    delivering.record(request, 'reply' in attempt ? attempt : undefined);
    const isExpected =
      'reply' in attempt && (await reportReply({ ...attempt, tries }, request, { delivering, context }));
    if (isExpected) return 'expected';
    const wait = context.signal.aborted ? undefined : waitAfter(attempt, { tries, policy, context });
    if (wait !== undefined) {
      const next = { ...placeOf(request), attempt: tries + 1, attempts: policy.retries + 1, wait };
      await context.report(retryReport(attempt, next));
      await pause(wait, context.signal);
    }
    if (wait === undefined || context.signal.aborted) return giveUp(attempt, request, delivering);
  }
}

function giveUp(attempt: Attempt, { url }: Sent, { timeout }: Delivering): DeliveryResult {
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

async function reportReply(
  { tries, ...attempt }: Answered & { tries: number },
  { body, url, ...place }: Sent,
  { delivering: { expectation, show, hints }, context }: { delivering: Delivering; context: Context<DeliveryReport> },
): Promise<boolean> {
  const unmet = judgeReply(attempt, expectation);
  const hint = unmet.some(({ what }) => what === 'status')
    ? hintTo(attempt.reply, { bytes: body.length, path: url.pathname })
    : undefined;
  const isNews = hint !== undefined && !hints.has(hint);
  if (isNews) hints.add(hint);
  const isExpected = unmet.length === 0;
  const report = {
    ...replyReport(attempt, { ...placeOf(place), attempt: tries, unmet, show }),
    ...(isNews && { hint }),
  };
  await context.report(report, isExpected ? 'positive' : 'negative');
  return isExpected;
}

const placeOf = ({ seq, asked }: Place): Place => ({ seq, ...(asked !== undefined && { asked }) });

/** Milliseconds until the next attempt; none where there is to be none. */
function waitAfter(
  attempt: Attempt,
  { tries, policy, context }: { tries: number; policy: RetryPolicy; context: Context<DeliveryReport> },
): number | undefined {
  const chance = Buffer.from(context.entropy(4)).readUInt32BE() / 2 ** 32;
  const decision = decideRetry(attempt, policy, { tries, now: context.now(), chance });
  if (decision.again) return decision.wait;
  if (decision.reason === 'wait-too-long') context.warn('the receiver asks for a longer wait than --max-wait allows');
  return undefined;
}
