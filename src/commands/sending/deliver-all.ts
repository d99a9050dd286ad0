import type { DeliveryRequest } from '../../sender/http-client.js';
import { CommandError } from '../../errors.js';
import type { Context, Verdict } from '../command.js';
import { deliver, pause, type DeliveryResult, type Work } from './deliver.js';
import type { Delivering } from './delivering.js';
import { createMeter } from './meter.js';
import type { DeliveryReport, Place } from './reports.js';
import { tellAll, tellFirstOfEachKind } from './telling.js';
import { grouped } from '../../text/words.js';
import type { Algorithm } from '../../scheme/definition.js';

/** One of the things to deliver. */
export interface Item {
  /** Where it comes from, in words. */
  source: string;
  /** None: unsigned. */
  algorithm: Algorithm | undefined;
  /** Not before so many milliseconds after the first one. */
  due?: number | undefined;
  /** Makes the request when its turn comes. */
  request: () => DeliveryRequest | Promise<DeliveryRequest>;
}

/** What to deliver, and how much of it at a time. */
export interface Batch {
  /** In order; asked for one by one, when their turn comes. */
  items: Iterable<Item>;
  /** How many they are. */
  asked: number;
  /** On their way at a time; 1 unless told otherwise. */
  concurrency?: number | undefined;
  /** The pace that its items are due at, in requests a second; none: as fast as possible, or a pace of their own. */
  rate?: number | undefined;
  /** So many that the sum of them counts: they are measured, and only what goes wrong is told of. */
  isLoad?: boolean;
}

/** Delivers in order, until the user stops; what fails doesn't keep the rest from going out. */
export async function deliverAll(
  batch: Batch,
  delivering: Delivering,
  context: Context<DeliveryReport>,
): Promise<Verdict> {
  const { asked, isLoad = false } = batch;
  const work = workOf(batch, delivering, context);
  const tally: Tally = { expected: 0, unexpected: 0, failed: 0 };
  const ticking = isLoad ? tick(tally, asked, context) : undefined;
  try {
    await inParallel(batch, queue => workOff(queue, tally, { work, context }));
  } finally {
    clearInterval(ticking);
    await delivering.client.close().finally(() => {
      closeRecording(work);
    });
  }
  const summary = { type: 'summary', asked, ...tally, ...work.meter?.figures() } as const;
  if (isLoad || asked > 1) await context.report(summary, tally.expected === asked ? 'positive' : 'negative');
  return tally.unexpected > 0 ? 'negative' : 'positive';
}

/** Some file systems tell only now what they couldn't write: the summary is told all the same. */
function closeRecording({ delivering: { store }, telling }: Work): void {
  try {
    store?.close();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    telling.failed(error);
  }
}

type Tally = Record<DeliveryResult, number>;

/** Says five times a second how far it is. */
function tick(tally: Tally, asked: number, { progress }: Context): NodeJS.Timeout {
  const start = performance.now();
  return setInterval(() => {
    const done = tally.expected + tally.unexpected + tally.failed;
    const perSecond = Math.round((done / (performance.now() - start)) * 1000);
    progress(`${grouped(done)} of ${grouped(asked)}, ${grouped(perSecond)} a second`, done / asked);
  }, 200);
}

function workOf({ isLoad, rate }: Batch, delivering: Delivering, context: Context<DeliveryReport>): Work {
  const means = { show: delivering.show, context };
  return isLoad
    ? { delivering, telling: tellFirstOfEachKind(means), meter: createMeter(rate) }
    : { delivering, telling: tellAll(means), meter: undefined };
}

/** Several work at one queue: each takes the next item as soon as it is done with its last. */
async function inParallel(
  { items, asked, concurrency = 1, isLoad }: Batch,
  workOff: (queue: Iterable<Turn>) => Promise<void>,
): Promise<void> {
  const isNumbered = isLoad || (concurrency > 1 && asked > 1);
  const queue = turnsOf(items, isNumbered ? { asked } : {});
  await Promise.all(Array.from({ length: Math.min(concurrency, asked) }, () => workOff(queue)));
}

interface Turn {
  item: Item;
  place: Place;
  start: number;
}

function* turnsOf(items: Iterable<Item>, numbering: Pick<Place, 'asked'>): Generator<Turn> {
  const start = performance.now();
  let seq = 0;
  for (const item of items) yield { item, place: { seq: ++seq, ...numbering }, start };
}

async function workOff(
  queue: Iterable<Turn>,
  tally: Tally,
  { work, context }: { work: Work; context: Context },
): Promise<void> {
  for (const turn of queue) {
    const wait = waitBefore(turn, work.delivering);
    if (wait > 0) await pause(wait, context.signal);
    if (context.signal.aborted) return;
    tally[await deliverItem(turn, work, context)] += 1;
  }
}

/** Milliseconds until an item may go out. */
const waitBefore = ({ item: { due = 0 }, place: { seq }, start }: Turn, { delay }: Delivering): number =>
  Math.max(seq === 1 ? 0 : delay, start + due - performance.now());

async function deliverItem(
  { item: { source, algorithm, due, request }, place, start }: Turn,
  work: Work,
  context: Context,
): Promise<DeliveryResult> {
  try {
    const made = request();
    const dueAt = due === undefined ? undefined : start + due;
    const outgoing = { request: made instanceof Promise ? await made : made, place, source, algorithm, due: dueAt };
    await work.telling.sent(outgoing);
    return await deliver(outgoing, work, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    work.meter?.noteError(error.code);
    work.telling.failed(error);
    return 'failed';
  }
}
