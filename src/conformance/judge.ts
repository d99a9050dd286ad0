import type { Answered } from '../sender/http-client.js';
import type { FailureReason } from '../sender/failure.js';
import type { AnsweredExchange, Case, DeliveryCase, Exchange, Leak } from './case.js';
import { isObservation, levelOf } from './case.js';
import type { Kit } from './kit.js';

/** `advice`: what is advised wasn't met. `info`: nothing was asked for, and this is what came. */
export type Outcome = 'passed' | 'failed' | 'advice' | 'info' | 'not-run';

/** What came back instead of what was expected. */
export type Got =
  | { kind: 'status'; status: number; statusText: string }
  | { kind: 'failure'; reason: FailureReason }
  | { kind: 'time'; milliseconds: number }
  | { kind: 'leak'; leak: Leak };

export interface Judgement {
  outcome: Outcome;
  /** Statuses or a time, as written; absent for leaks. */
  expected?: string;
  got?: Got;
  /** Which delivery of several it was. */
  label?: string | undefined;
}

export interface Judging {
  kit: Kit;
  /** Milliseconds, for the median of a timed case. */
  maxTime: number;
}

/** Judges one case by its own exchanges, or by all answers there are. */
export function judge(one: Case, exchanges: readonly Exchange[], { kit, maxTime }: Judging): Judgement {
  if (!isObservation(one)) return judgeDeliveries(one, exchanges, maxTime);
  const answers = exchanges.filter(isAnswered);
  if (answers.length === 0) return { outcome: 'not-run' };
  const leak = one.observe(answers, kit);
  if (!leak) return { outcome: 'passed' };
  return { outcome: one.level === 'required' ? 'failed' : 'advice', got: { kind: 'leak', leak } };
}

export const isAnswered = (exchange: Exchange): exchange is AnsweredExchange => 'reply' in exchange.attempt;

/** A delivery that was meant to break off has nothing to be judged by. */
export const isJudged = ({ delivery }: Exchange): boolean => delivery.transfer?.kind !== 'aborted';

function judgeDeliveries(one: DeliveryCase, exchanges: readonly Exchange[], maxTime: number): Judgement {
  const judged = exchanges.filter(isJudged);
  if (judged.length === 0) return { outcome: 'not-run' };
  const { required, advised } = one;
  if (levelOf(one) === 'info') return { outcome: 'info', ...gotFrom(judged[0]) };
  for (const [outcome, expected] of [
    ['failed', required],
    ['advice', advised],
  ] as const) {
    const wrong = expected && judged.find(exchange => !isAnswered(exchange) || !expected.includes(statusOf(exchange)));
    if (wrong) return { outcome, expected: expected.text, ...gotFrom(wrong) };
  }
  const median = medianOf(judged.filter(isAnswered).map(({ attempt }) => attempt));
  if (one.isTimed && median > maxTime) {
    return { outcome: 'advice', expected: `${maxTime} ms at most`, got: { kind: 'time', milliseconds: median } };
  }
  return { outcome: 'passed' };
}

const statusOf = ({ attempt }: AnsweredExchange): number => attempt.reply.status;

function gotFrom(exchange: Exchange | undefined): Pick<Judgement, 'got' | 'label'> {
  if (!exchange) return {};
  const { label } = exchange.delivery;
  if (!isAnswered(exchange)) return { label, got: { kind: 'failure', reason: failureReason(exchange) } };
  const { status, statusText } = exchange.attempt.reply;
  return { label, got: { kind: 'status', status, statusText } };
}

export const failureReason = ({ attempt }: Exchange): FailureReason =>
  'failure' in attempt ? attempt.failure.reason : 'reset';

const medianOf = (answers: readonly Answered[]): number => {
  const times = answers.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? 0;
};
