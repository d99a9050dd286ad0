import type { DeliveryPlan } from '../../sender/request.js';
import type { Delivery } from '../../sender/sender.js';
import type { Shipment } from '../sending/send-batch.js';
import type { Payload } from './payloads.js';

/** How many requests, how many at once, and how fast. */
export interface LoadFlags {
  count?: number;
  concurrency?: number;
  /** Requests a second. */
  rate?: number;
}

/** The maximum number of responses to wait for at once, to keep the pace even if the receiver is slow. */
const enoughForPace = 50;

/** Repeats the payloads `--count` times. Any of the flags makes it a load. */
export function batchOf(
  payloads: readonly Payload[],
  plan: (body: Uint8Array) => DeliveryPlan,
  flags: LoadFlags,
): Omit<Shipment, 'sign' | 'scheme' | 'algorithm'> {
  const { count = 1, rate, concurrency = rate === undefined ? 1 : enoughForPace } = flags;
  return {
    deliveries: deliveriesOf(payloads, plan, { count, rate }),
    asked: payloads.length * count,
    concurrency,
    rate,
    isLoad: [flags.count, flags.concurrency, rate].some(flag => flag !== undefined),
  };
}

/** Makes deliveries lazily: a million of them would fill the memory. */
function* deliveriesOf(
  payloads: readonly Payload[],
  plan: (body: Uint8Array) => DeliveryPlan,
  { count, rate }: { count: number; rate: number | undefined },
): Generator<Delivery> {
  let position = 0;
  for (let round = 0; round < count; round += 1) {
    for (const { source, body } of payloads) {
      const due = rate === undefined ? undefined : (position++ / rate) * 1000;
      yield { source, due, plan: () => whenMade(body(round), plan) };
    }
  }
}

/** Calls `plan` synchronously if there is nothing to wait for. */
const whenMade = <T>(body: Uint8Array | Promise<Uint8Array>, plan: (body: Uint8Array) => T): T | Promise<T> =>
  body instanceof Promise ? body.then(plan) : plan(body);
