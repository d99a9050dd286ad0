import type { Attempt } from '../sender/http-client.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import { isObservation, type Case, type Delivery, type DeliveryCase, type Exchange } from './case.js';
import { failureReason, isAnswered, isJudged, judge, type Judgement, type Judging } from './judge.js';

export interface Running extends Judging {
  deliver: (delivery: Delivery) => Promise<Attempt>;
  /** Set where the receiver couldn't be reached even before the first case. */
  gone: Failure | undefined;
  /** Why the receiver takes no connection any more, if it doesn't. */
  probe: () => Promise<Failure | undefined>;
  /** Aborted when the user asks to stop: what is in flight is finished. */
  signal: AbortSignal;
  /** Hears of each case that is about to begin. */
  onBegin: (one: Case) => void;
}

export interface Result extends Judgement {
  case: Case;
  exchanges: readonly Exchange[];
}

/** Why a run ended: `refusing` is a receiver that doesn't accept even the first delivery. */
export type Ending = { kind: 'complete' | 'refusing' | 'stopped' } | { kind: 'gone'; failure: Failure };

export interface Selection {
  cases: readonly Case[];
  /** Run before the others, and not reported: their answers are for cases that only watch. */
  silent: readonly Case[];
}

/** Failures that every further delivery would meet, too. */
const final: readonly FailureReason[] = ['refused', 'unreachable', 'unknown-host', 'dns-unavailable', 'tls'];

/** Runs cases one after another. Every one of them has a result, if only that it wasn't run. */
export async function* runCases({ cases, silent }: Selection, running: Running): AsyncGenerator<Result, Ending> {
  const all: Exchange[] = [];
  let ending: Ending = running.gone ? { kind: 'gone', failure: running.gone } : { kind: 'complete' };
  for (const one of [...silent, ...cases]) {
    if (running.signal.aborted && ending.kind === 'complete') ending = { kind: 'stopped' };
    const turn: Turn = ending.kind === 'complete' ? await take(one, all, running) : notRun(one);
    all.push(...turn.result.exchanges);
    ending = turn.ending ?? ending;
    if (!silent.includes(one)) yield turn.result;
  }
  return ending;
}

interface Turn {
  result: Result;
  /** Set where this turn ended the run. */
  ending?: Ending;
}

const notRun = (one: Case): Turn => ({ result: { case: one, outcome: 'not-run', exchanges: [] } });

async function take(one: Case, earlier: readonly Exchange[], running: Running): Promise<Turn> {
  running.onBegin(one);
  if (isObservation(one)) return { result: { case: one, exchanges: [], ...judge(one, earlier, running) } };
  const { exchanges, failure } = await deliverCase(one, running);
  if (failure && exchanges.length === 0) return { ...notRun(one), ending: { kind: 'gone', failure } };
  const result = { case: one, exchanges, ...judge(one, exchanges, running) };
  if (failure) return { result, ending: { kind: 'gone', failure } };
  return one.isDecisive && result.outcome === 'failed' ? { result, ending: { kind: 'refusing' } } : { result };
}

interface Delivered {
  exchanges: Exchange[];
  /** Set where the receiver turned out to be gone. */
  failure?: Failure;
}

/** Sends the deliveries of a case in order, until one has no answer: those after it would have none, either. */
async function deliverCase(one: DeliveryCase, running: Running): Promise<Delivered> {
  const exchanges: Exchange[] = [];
  for (const delivery of one.deliveries(running.kit)) {
    const copies = Array.from({ length: delivery.copies ?? 1 }, () => running.deliver(delivery));
    const made = (await Promise.all(copies)).map((attempt): Exchange => ({
      id: one.id,
      group: one.group,
      delivery,
      attempt,
    }));
    const unanswered = made.find(exchange => isJudged(exchange) && !isAnswered(exchange));
    const failure = unanswered && (await goneBy(unanswered, running));
    // What was never delivered says nothing of the receiver.
    if (failure && exchanges.length === 0 && isFinal(unanswered)) return { exchanges, failure };
    exchanges.push(...made);
    if (unanswered) return { exchanges, ...(failure && { failure }) };
  }
  return { exchanges };
}

/** Why nothing more can be delivered, where that is so. */
async function goneBy(exchange: Exchange, { probe }: Running): Promise<Failure | undefined> {
  if ('failure' in exchange.attempt && isFinal(exchange)) return exchange.attempt.failure;
  const failure = await probe();
  return failure && final.includes(failure.reason) ? failure : undefined;
}

const isFinal = (exchange: Exchange): boolean => final.includes(failureReason(exchange));
