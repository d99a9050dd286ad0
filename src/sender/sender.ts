import { CommandError, LocalError } from '../errors.js';
import { deliver, pause, type DeliveryOptions, type DeliveryResult } from './deliver.js';
import { combineSubscribers, type SenderSubscriber } from './events.js';
import type { DeliveryPlan } from './request.js';

/** One delivery to send. */
export interface Delivery {
  /** Where it comes from, in words. */
  source: string;
  /** The earliest time to send it, in milliseconds after the first one. Undefined: as soon as possible. */
  due?: number | undefined;
  /** Plans the request when needed. If it throws a CommandError, the others are still sent. */
  plan: () => DeliveryPlan | Promise<DeliveryPlan>;
}

/** The deliveries to send, and how many at once. */
export interface Batch {
  /** In order, and taken lazily, so that a million of them need no memory. */
  deliveries: Iterable<Delivery>;
  /** The number sent at once; default: 1. */
  concurrency?: number | undefined;
  /** Milliseconds between one delivery and the next. */
  delay?: number | undefined;
}

export interface SenderOptions extends DeliveryOptions {
  subscribers: readonly SenderSubscriber[];
}

/** The number of deliveries with each outcome. */
export type Tally = Record<DeliveryResult, number>;

/** Sends signed requests, with retries, and emits events to its subscribers. */
export class Sender {
  /** Changes while the sender works. */
  readonly tally: Readonly<Tally>;
  private readonly counts: Tally = { expected: 0, unexpected: 0, failed: 0 };
  private readonly means: { options: SenderOptions; emit: SenderSubscriber };

  constructor(options: SenderOptions) {
    this.tally = this.counts;
    this.means = { options, emit: combineSubscribers(options.subscribers) };
  }

  /** Sends a batch in order, until it is done or `signal` is aborted. A failed delivery doesn't stop the others. */
  async send({ deliveries, concurrency = 1, delay = 0 }: Batch): Promise<Readonly<Tally>> {
    // All workers share one queue, and take the next delivery as soon as they are free.
    const queue = turnsOf(deliveries);
    await Promise.all(Array.from({ length: concurrency }, () => this.work(queue, delay)));
    return this.tally;
  }

  /** Closes the client, the recording and the search thread. */
  async close(): Promise<void> {
    const {
      options: { client, recorder, expectation },
      emit,
    } = this.means;
    try {
      await client.close();
      await expectation.body?.close();
    } finally {
      try {
        recorder?.close();
      } catch (error) {
        if (!(error instanceof LocalError)) throw error;
        await emit.unrecorded?.({ type: 'unrecorded', delivery: undefined, error });
      }
    }
  }

  private async work(queue: Iterable<Turn>, delay: number): Promise<void> {
    const { signal } = this.means.options;
    for (const turn of queue) {
      const wait = waitBefore(turn, delay);
      if (wait > 0) await pause(wait, signal);
      if (signal.aborted) return;
      this.counts[await this.take(turn)] += 1;
    }
  }

  private async take({ seq, start, delivery: { source, due, plan } }: Turn): Promise<DeliveryResult> {
    let planned: DeliveryPlan;
    try {
      const made = plan();
      // Under load, even awaiting a settled promise is measurable.
      planned = made instanceof Promise ? await made : made;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      await this.means.emit.unsendable?.({ type: 'unsendable', seq, source, error });
      return 'failed';
    }
    return deliver({ seq, source, plan: planned }, due === undefined ? undefined : start + due, this.means);
  }
}

interface Turn {
  delivery: Delivery;
  /** 1 for the first. */
  seq: number;
  /** When the first one was taken, in milliseconds of `performance.now()`. */
  start: number;
}

function* turnsOf(deliveries: Iterable<Delivery>): Generator<Turn> {
  const start = performance.now();
  let seq = 0;
  for (const delivery of deliveries) yield { delivery, seq: ++seq, start };
}

/** Milliseconds until a delivery may be sent. */
const waitBefore = ({ delivery: { due = 0 }, seq, start }: Turn, delay: number): number =>
  Math.max(seq === 1 ? 0 : delay, start + due - performance.now());
