import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalError } from '../errors.js';
import type { Clock } from '../ports.js';
import type { Attempt } from './attempt.js';
import type { PlannedDelivery, SenderSubscriber } from './events.js';
import { unmetBy, type ReplyExpectation, type Unmet } from './expectation.js';
import type { HttpClient } from './http-client.js';
import type { Recorder } from './recorder.js';
import type { Sign } from './request.js';
import { decideRetry, type RetryDecision, type RetryPolicy } from './retry.js';

/** Options for sending deliveries and recognising success. */
export interface DeliveryOptions {
  client: HttpClient;
  /** Milliseconds that the client allows for each attempt. */
  timeout: number;
  /** Called for each attempt. */
  sign: Sign;
  policy: RetryPolicy;
  expectation: ReplyExpectation;
  /** Undefined: nothing is recorded. */
  recorder?: Recorder | undefined;
  clock: Clock;
  /** Aborted to start nothing new. The current attempt is finished. */
  signal: AbortSignal;
}

/** `failed`: no response came, or it couldn't be recorded. */
export type DeliveryResult = 'expected' | 'unexpected' | 'failed';

/** Context of the functions below. */
interface Means {
  options: DeliveryOptions;
  emit: SenderSubscriber;
}

/**
 * Sends one delivery until a response is final. `due` is when the first attempt should begin, in milliseconds of
 * `performance.now()`; undefined: now.
 */
export async function deliver(
  delivery: PlannedDelivery,
  due: number | undefined,
  means: Means,
): Promise<DeliveryResult> {
  const { options, emit } = means;
  // Under load, an await without a subscriber is measurable.
  if (emit.sending) await emit.sending({ type: 'sending', delivery });
  for (let attempt = 1, start = due; ; attempt += 1, start = undefined) {
    const checked = await tryOnce(delivery, start, means);
    const { outcome, unmet } = checked;
    const decision = decide(checked, attempt, options);
    if ('reply' in outcome && emit.answered)
      await emit.answered({ type: 'answered', delivery, answer: outcome, unmet, attempt, isRetried: decision.again });
    if (!decision.again) {
      if (decision.reason === 'wait-too-long') await emit['wait-refused']?.({ type: 'wait-refused', delivery });
      return end(checked, delivery, means);
    }
    const { wait } = decision;
    const attempts = options.policy.retries + 1;
    await emit.retrying?.({ type: 'retrying', delivery, because: outcome, attempt: attempt + 1, attempts, wait });
    await pause(wait, options.signal);
    if (options.signal.aborted) return end(checked, delivery, means);
  }
}

/** The outcome of one attempt, recorded if possible and compared with the expectation. */
interface Checked {
  outcome: Attempt;
  unmet: Unmet[];
  /** Why it isn't in the recording. */
  unrecorded: LocalError | undefined;
}

/** Signs, sends and records, in this order. Nothing else happens to an attempt before it is recorded. */
async function tryOnce(
  { plan, seq }: PlannedDelivery,
  due: number | undefined,
  { options: { client, sign, recorder, expectation }, emit }: Means,
): Promise<Checked> {
  const request = sign(plan);
  const begin = performance.now();
  const outcome = await client.deliver(request);
  // Count from when it was due: an on-time request would have waited from then on.
  const since = due ?? begin;
  const milliseconds = performance.now() - since;
  if (emit.attempted) await emit.attempted({ type: 'attempted', outcome, milliseconds, lateness: begin - since });
  const unrecorded = recorder && (await recorder.record(request, seq, outcome));
  const unmet = 'reply' in outcome ? unmetBy(outcome, expectation) : [];
  return { outcome, unmet: unmet instanceof Promise ? await unmet : unmet, unrecorded };
}

const final: RetryDecision = { again: false, reason: 'final' };

/** Decides whether to retry. Expected responses, unrecorded attempts and anything after a stop aren't retried. */
function decide(
  { outcome, unmet, unrecorded }: Checked,
  tries: number,
  { policy, clock, signal }: DeliveryOptions,
): RetryDecision {
  if (unrecorded || signal.aborted || ('reply' in outcome && unmet.length === 0)) return final;
  const chance = Buffer.from(clock.randomBytes(4)).readUInt32BE() / 2 ** 32;
  return decideRetry(outcome, policy, { tries, now: clock.now(), chance });
}

async function end(
  { outcome, unmet, unrecorded }: Checked,
  delivery: PlannedDelivery,
  { options: { timeout }, emit }: Means,
): Promise<DeliveryResult> {
  if ('failure' in outcome) {
    const { failure, milliseconds } = outcome;
    await emit.failed?.({ type: 'failed', delivery, failure, milliseconds, url: delivery.plan.url, timeout });
  }
  if (unrecorded) await emit.unrecorded?.({ type: 'unrecorded', delivery, error: unrecorded });
  if (unrecorded || 'failure' in outcome) return 'failed';
  return unmet.length === 0 ? 'expected' : 'unexpected';
}

/** Waits for `duration` milliseconds, or until `signal` is aborted. */
export async function pause(duration: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + duration;
  for (let left = duration; left > 0 && !signal.aborted; left = end - performance.now()) {
    await sleep(Math.min(left, longestTimer), undefined, { signal }).catch(() => undefined);
  }
}

/** In milliseconds, nearly 25 days. Node fires a longer timer at once. */
const longestTimer = 2 ** 31 - 1;
