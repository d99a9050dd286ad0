import type { Attempt } from '../sender/http-client.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import { isObservation, type Case, type Delivery, type DeliveryCase, type Exchange } from './case.js';
import {
  failureReason,
  isAnswered,
  isCompleted,
  notRun,
  resultOfDeliveries,
  resultOfObservation,
  type CaseResult,
  type Criteria,
} from './result.js';

export interface RunOptions extends Criteria {
  deliver: (delivery: Delivery) => Promise<Attempt>;
  /** Set when the receiver couldn't be reached even before the first case. */
  gone: Failure | undefined;
  /** Returns why the receiver accepts no connection, or undefined if it does. */
  probe: () => Promise<Failure | undefined>;
  /** Aborted when the user asks to stop: what is in flight is finished. */
  signal: AbortSignal;
  /** Called when a case is about to begin. */
  onBegin: (one: Case) => void;
}

/** Why a run ended. `refusing`: the receiver doesn't accept even the first delivery, so that no other case makes sense. */
export type Ending =
  | { kind: 'complete' | 'stopped' }
  | { kind: 'refusing'; exchange: Exchange | undefined }
  | { kind: 'gone'; failure: Failure };

export interface Selection {
  cases: readonly Case[];
  /** Run before the others and not reported: observing cases need the answers. */
  silent: readonly Case[];
}

/** Failures that every further delivery would meet, too. */
const final: readonly FailureReason[] = [
  'refused',
  'unreachable',
  'unknown-host',
  'dns-unavailable',
  'tls',
  'proxy',
  'local-error',
];

/** Runs cases one after another, and gives each of them a result, be it that it wasn't run. */
export async function* runCases({ cases, silent }: Selection, options: RunOptions): AsyncGenerator<CaseResult, Ending> {
  const earlier: Exchange[] = [];
  let ending: Ending = options.gone ? { kind: 'gone', failure: options.gone } : { kind: 'complete' };
  for (const one of [...silent, ...cases]) {
    if (options.signal.aborted && ending.kind === 'complete') ending = { kind: 'stopped' };
    const step: Step = ending.kind === 'complete' ? await runCase(one, earlier, options) : { result: notRun(one) };
    earlier.push(...step.result.exchanges);
    ending = step.ending ?? ending;
    if (!silent.includes(one)) yield step.result;
  }
  return ending;
}

interface Step {
  result: CaseResult;
  /** Set when this case ended the run. */
  ending?: Ending;
}

async function runCase(one: Case, earlier: readonly Exchange[], options: RunOptions): Promise<Step> {
  options.onBegin(one);
  if (isObservation(one)) return { result: resultOfObservation(one, earlier, options.kit) };
  const { exchanges, failure } = await deliverCase(one, options);
  if (failure && exchanges.length === 0) return { result: notRun(one), ending: { kind: 'gone', failure } };
  const result = resultOfDeliveries(one, exchanges, options);
  if (failure) return { result, ending: { kind: 'gone', failure } };
  if (!one.isDecisive || result.outcome !== 'failed') return { result };
  return { result, ending: { kind: 'refusing', exchange: exchanges[0] } };
}

interface Delivered {
  exchanges: Exchange[];
  /** Set when the receiver turned out to be gone. */
  failure?: Failure;
}

/** Sends the deliveries of a case in order, until one has no answer: those after it would have none, either. */
async function deliverCase({ id, group, deliveries }: DeliveryCase, options: RunOptions): Promise<Delivered> {
  const exchanges: Exchange[] = [];
  for (const delivery of deliveries(options.kit)) {
    const copies = Array.from({ length: delivery.copies ?? 1 }, () => options.deliver(delivery));
    const made = (await Promise.all(copies)).map((attempt): Exchange => ({ id, group, delivery, attempt }));
    const unanswered = made.find(exchange => isCompleted(exchange) && !isAnswered(exchange));
    const failure = unanswered && (await goneBy(unanswered, options));
    // A delivery that never reached the receiver says nothing about it.
    if (failure && exchanges.length === 0 && isFinal(unanswered)) return { exchanges, failure };
    exchanges.push(...made);
    if (unanswered) return { exchanges, ...(failure && { failure }) };
  }
  return { exchanges };
}

/** Returns why nothing more can be delivered, if that is so. */
async function goneBy(exchange: Exchange, { probe }: RunOptions): Promise<Failure | undefined> {
  if ('failure' in exchange.attempt && isFinal(exchange)) return exchange.attempt.failure;
  const failure = await probe();
  return failure && final.includes(failure.reason) ? failure : undefined;
}

const isFinal = (exchange: Exchange): boolean => final.includes(failureReason(exchange));
