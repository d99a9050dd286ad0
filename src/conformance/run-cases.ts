import type { Failure } from '../sender/failure.js';
import { isEffect, isObservation, type Case, type Exchange } from './case.js';
import { deliverInTurn, type Line } from './deliver-case.js';
import type { Effects } from './effects/run-effect.js';
import type { Ending, Step } from './ending.js';
import { notRun, resultOfDeliveries, resultOfObservation, type CaseResult, type Criteria } from './result.js';

export type { Ending } from './ending.js';

export interface RunOptions extends Criteria, Line {
  /** Set when the receiver was unreachable before the first case. */
  gone: Failure | undefined;
  /** Runs the cases that compare the state; undefined without a probe. */
  effects?: Effects | undefined;
  /** Aborted when the user asks to stop: deliveries in flight are finished. */
  signal: AbortSignal;
  /** Called when a case is about to begin. */
  onBegin: (one: Case) => void;
}

export interface Selection {
  cases: readonly Case[];
  /** Run first and not reported: observing cases need their responses. */
  silent: readonly Case[];
}

/** Runs cases one after another. Every case gets a result, even if it wasn't run. */
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

async function runCase(one: Case, earlier: readonly Exchange[], options: RunOptions): Promise<Step> {
  options.onBegin(one);
  if (isObservation(one)) return { result: resultOfObservation(one, earlier, options.kit) };
  if (isEffect(one)) return (await options.effects?.run(one)) ?? { result: notRun(one) };
  const { exchanges, failure } = await deliverInTurn(one, one.deliveries(options.kit), options);
  if (failure && exchanges.length === 0) return { result: notRun(one), ending: { kind: 'gone', failure } };
  const result = resultOfDeliveries(one, exchanges, options);
  if (failure) return { result, ending: { kind: 'gone', failure } };
  if (!one.isDecisive || result.outcome !== 'failed') return { result };
  return { result, ending: { kind: 'refusing', exchange: exchanges[0] } };
}
