import { CommandError, LocalError } from '../errors.js';
import { deliver, pause, type DeliveryOptions, type DeliveryResult } from './deliver.js';
import { combineSubscribers, type SenderSubscriber } from './events.js';
import type { DeliveryPlan } from './request.js';

/** One of the things to send. */
export interface Delivery {
  /** Where it comes from, in words. */
  source: string;
  /** In milliseconds after the first one: it isn't sent before. Undefined: as soon as its turn comes. */
  due?: number | undefined;
  /** Plans the request when its turn comes. Throws a CommandError if that can't be done, and the others are sent all the same. */
  plan: () => DeliveryPlan | Promise<DeliveryPlan>;
}

/** What to send, and how much of it at a time. */
export interface Batch {
  /** In order. Each is taken when its turn comes, so that a million of them need no memory. */
  deliveries: Iterable<Delivery>;
  /** How many are on their way at a time; 1 if it isn't given. */
  concurrency?: number | undefined;
  /** Milliseconds between one delivery and the next. */
  delay?: number | undefined;
}

export interface SenderOptions extends DeliveryOptions {
  subscribers: readonly SenderSubscriber[];
}

/** How many deliveries ended in each way. */
export type Tally = Record<DeliveryResult, number>;

/** Sends signed requests, with retries, and reports what happens to its subscribers. */
export class Sender {
  /** Changes while the sender works. */
  readonly tally: Readonly<Tally>;
  private readonly counts: Tally = { expected: 0, unexpected: 0, failed: 0 };
  private readonly means: { options: SenderOptions; emit: SenderSubscriber };

  constructor(options: SenderOptions) {
    this.tally = this.counts;
    this.means = { options, emit: combineSubscribers(options.subscribers) };
  }

  /** Sends a batch in order, until it is done or `signal` is aborted. A delivery that fails doesn't keep the others from going out. */
  async send({ deliveries, concurrency = 1, delay = 0 }: Batch): Promise<Readonly<Tally>> {
    // All take from one queue: each takes the next delivery as soon as it is done with its last.
    const queue = turnsOf(deliveries);
    await Promise.all(Array.from({ length: concurrency }, () => this.work(queue, delay)));
    return this.tally;
  }

  /** Closes the client, the recording and what searches answers. */
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
      // Under load, a wait for what is there already would count.
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

/** Milliseconds until a delivery may go out. */
const waitBefore = ({ delivery: { due = 0 }, seq, start }: Turn, delay: number): number =>
  Math.max(seq === 1 ? 0 : delay, start + due - performance.now());
