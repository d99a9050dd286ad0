import type { DeliveryRequest } from '../../sender/http-client.js';
import { UsageError } from '../../errors.js';
import type { Batch, Item } from '../sending/deliver-all.js';
import type { Payload } from './payloads.js';
import type { Algorithm } from '../../scheme/definition.js';

/** How much of it, how much at a time, and how fast. */
export interface LoadFlags {
  count?: number;
  concurrency?: number;
  /** Requests a second. */
  rate?: number;
}

interface Making {
  /** Signs a body, too. */
  make: (body: Uint8Array) => DeliveryRequest;
  /** None: unsigned. */
  algorithm: Algorithm | undefined;
}

/** A pace is to be kept whatever the receiver takes for an answer: so many may be waited for. */
const enoughForPace = 50;

/** All payloads, so often as they are wanted. Any of the flags makes a load of it. */
export function batchOf(payloads: readonly Payload[], making: Making, flags: LoadFlags): Batch {
  const { count = 1, rate, concurrency = rate === undefined ? 1 : enoughForPace } = flags;
  return {
    items: itemsOf(payloads, making, { count, rate }),
    ...{ asked: payloads.length * count, concurrency, rate },
    isLoad: [flags.count, flags.concurrency, rate].some(flag => flag !== undefined),
  };
}

/** Made one by one: a million of them would fill the memory. */
function* itemsOf(
  payloads: readonly Payload[],
  { make, algorithm }: Making,
  { count, rate }: { count: number; rate: number | undefined },
): Generator<Item> {
  let position = 0;
  for (let round = 0; round < count; round += 1) {
    for (const { source, body } of payloads) {
      const due = rate === undefined ? undefined : (position++ / rate) * 1000;
      yield { source, algorithm, due, request: () => whenMade(body(round), make) };
    }
  }
}

/** Without a wait where there is nothing to wait for. */
const whenMade = <T>(body: Uint8Array | Promise<Uint8Array>, make: (body: Uint8Array) => T): T | Promise<T> =>
  body instanceof Promise ? body.then(make) : make(body);

/** Throws UsageError. */
export function refuseLoadContradictions(
  flags: LoadFlags & { delay?: number; print?: unknown; dryRun?: boolean },
): void {
  if (flags.rate !== undefined && flags.delay !== undefined) {
    throw new UsageError('--rate and --delay were given together', { hint: 'either of them sets the pace' });
  }
  const paced = (['concurrency', 'rate'] as const).find(name => flags[name] !== undefined);
  if (paced !== undefined && (flags.print !== undefined || flags.dryRun)) {
    throw new UsageError(`--${paced} has no meaning where nothing is sent`, { hint: 'leave out --print or --dry-run' });
  }
}
