import type { DeliveryRequest } from '../../delivery/deliver.js';
import { CommandError } from '../../errors.js';
import type { Algorithm } from '../../signature/algorithms.js';
import type { Context, Verdict } from '../command.js';
import { deliver, pause, type DeliveryResult } from './deliver.js';
import type { Delivering } from './delivering.js';
import { sentReport, type DeliveryReport, type DeliverySummaryReport, type Place } from './reports.js';

/** One of the things to deliver. */
export interface Item {
  /** Where it comes from, in words. */
  source: string;
  /** None: unsigned. */
  algorithm: Algorithm | undefined;
  /** Not before so many milliseconds after the first one. */
  due?: number | undefined;
  /** Makes the request when its turn comes. */
  request: () => Promise<DeliveryRequest>;
}

/** Delivers in order, until the user stops; what fails doesn't keep the rest from going out. */
export async function deliverAll(
  items: readonly Item[],
  { concurrency = 1, ...delivering }: Delivering & { concurrency?: number },
  context: Context<DeliveryReport>,
): Promise<Verdict> {
  const results: DeliveryResult[] = [];
  const start = performance.now();
  // Each worker takes the next item as soon as it is done with its last.
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) {
      await turn({ ...item, isFirst: index === 0, start }, delivering, context.signal);
      if (context.signal.aborted) return;
      const place = { seq: index + 1, ...(concurrency > 1 && items.length > 1 && { asked: items.length }) };
      results.push(await deliverItem(item, place, { delivering, context }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  await delivering.courier.close();
  const isGood = results.length === items.length && results.every(result => result === 'expected');
  if (items.length > 1) await context.report(summaryOf(results, items.length), isGood ? 'positive' : 'negative');
  return results.includes('unexpected') ? 'negative' : 'positive';
}

/** Waits until an item may go out. */
async function turn(
  { due = 0, isFirst, start }: Pick<Item, 'due'> & { isFirst: boolean; start: number },
  { delay }: Delivering,
  signal: AbortSignal,
): Promise<void> {
  const wait = Math.max(isFirst ? 0 : delay, start + due - performance.now());
  if (wait > 0) await pause(wait, signal);
}

async function deliverItem(
  { source, algorithm, request }: Item,
  place: Place,
  { delivering, context }: { delivering: Delivering; context: Context<DeliveryReport> },
): Promise<DeliveryResult> {
  try {
    const made = await request();
    await context.report(sentReport(made, { ...place, source, algorithm }));
    return await deliver({ ...made, ...place }, delivering, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    context.fail(error);
    return 'failed';
  }
}

function summaryOf(results: readonly DeliveryResult[], asked: number): DeliverySummaryReport {
  const count = (result: DeliveryResult) => results.filter(candidate => candidate === result).length;
  return {
    type: 'summary',
    asked,
    expected: count('expected'),
    unexpected: count('unexpected'),
    failed: count('failed'),
  };
}
