import type { Answered } from '../sender/http-client.js';
import type { FailureReason } from '../sender/failure.js';
import { isGivenUp } from '../sender/transfer.js';
import type { AnsweredExchange, Case, DeliveryCase, Exchange, Leak, ObservationCase } from './case.js';
import { levelOf } from './case.js';
import type { AnswerPart } from './delivery.js';
import type { Blindness, StateChange } from './effects/state.js';
import type { Kit } from './kit.js';

/**
 * `advice`: an advised condition wasn't met. `info`: any response passes, and there was one. A missing response never
 * passes.
 */
export type Outcome = 'passed' | 'failed' | 'advice' | 'info' | 'not-run';

/** The unexpected outcome. */
export type Got =
  | { kind: 'status'; status: number; statusText: string }
  | { kind: 'failure'; reason: FailureReason }
  | { kind: 'time'; milliseconds: number }
  | { kind: 'leak'; leak: Leak }
  | { kind: 'text'; status: number; statusText: string; missing: AnswerPart['is'] }
  | ({ kind: 'state' } & StateChange);

/** The outcome of one case. */
export interface CaseResult {
  case: Case;
  /** Its own deliveries and their responses; none for a case that only observes. */
  exchanges: readonly Exchange[];
  outcome: Outcome;
  /** Statuses or a time, as text; absent for leaks. */
  expected?: string;
  got?: Got;
  /** The delivery that `got` belongs to, if there are several. */
  label?: string | undefined;
  /** Why it wasn't run, if the probe shows no change or varying changes. */
  because?: Blindness;
}

export interface Criteria {
  kit: Kit;
  /** Milliseconds, for the median of a timed case. */
  maxTime: number;
}

export const notRun = (one: Case): CaseResult => ({ case: one, outcome: 'not-run', exchanges: [] });

/** Compares the responses to a case's own deliveries with its expectations. */
export function resultOfDeliveries(
  one: DeliveryCase,
  exchanges: readonly Exchange[],
  { maxTime }: Pick<Criteria, 'maxTime'>,
): CaseResult {
  const completed = exchanges.filter(isCompleted);
  if (completed.length === 0) return notRun(one);
  const common = { case: one, exchanges };
  const answered = completed.filter(isAnswered);
  const isGood = (exchange: Exchange) => isAnswered(exchange) && (one.required?.includes(statusOf(exchange)) ?? true);
  const failed = completed.find(exchange => !isGood(exchange));
  if (failed) return { ...common, outcome: 'failed', ...expectedBy(one), ...gotFrom(failed) };
  const silent = answered.find(exchange => missingFrom(exchange));
  if (silent) return { ...common, outcome: 'failed', ...gotWithout(silent) };
  if (levelOf(one) === 'info') return { ...common, outcome: 'info', ...gotFrom(completed[0]) };
  const { advised } = one;
  const unadvised = advised && answered.find(exchange => !advised.includes(statusOf(exchange)));
  if (unadvised) return { ...common, outcome: 'advice', expected: advised.text, ...gotFrom(unadvised) };
  const median = medianOf(answered.map(({ attempt }) => attempt));
  if (one.isTimed && median > maxTime) {
    const got: Got = { kind: 'time', milliseconds: median };
    return { ...common, outcome: 'advice', expected: `at most ${maxTime} ms`, got };
  }
  return { ...common, outcome: 'passed' };
}

/** The expected response to a delivery that got none; empty if any response would do. */
function expectedBy({ required, advised }: DeliveryCase): Pick<CaseResult, 'expected'> {
  const statuses = required ?? advised;
  return statuses ? { expected: statuses.text } : {};
}

/** Searches the responses to all earlier deliveries of the run. */
export function resultOfObservation(one: ObservationCase, earlier: readonly Exchange[], kit: Kit): CaseResult {
  const answers = earlier.filter(isAnswered);
  if (answers.length === 0) return notRun(one);
  const leak = one.observe(answers, kit);
  if (!leak) return { case: one, exchanges: [], outcome: 'passed' };
  const outcome = one.level === 'required' ? 'failed' : 'advice';
  return { case: one, exchanges: [], outcome, got: { kind: 'leak', leak } };
}

export const isAnswered = (exchange: Exchange): exchange is AnsweredExchange => 'reply' in exchange.attempt;

/** Whether the sender waited for a response, so that one is required. */
export const isCompleted = ({ delivery }: Exchange): boolean => !isGivenUp(delivery.transfer);

/** Returns the first text that a response lacks. */
function missingFrom({ delivery, attempt }: AnsweredExchange): AnswerPart | undefined {
  const body = Buffer.from(attempt.reply.body).toString();
  return delivery.answer?.find(({ text }) => !body.includes(text));
}

function gotWithout(exchange: AnsweredExchange): Pick<CaseResult, 'got' | 'label'> {
  const { status, statusText } = exchange.attempt.reply;
  const missing = missingFrom(exchange)?.is ?? 'challenge';
  return { label: exchange.delivery.label, got: { kind: 'text', status, statusText, missing } };
}

const statusOf = ({ attempt }: AnsweredExchange): number => attempt.reply.status;

export function gotFrom(exchange: Exchange | undefined): Pick<CaseResult, 'got' | 'label'> {
  if (!exchange) return {};
  const { label } = exchange.delivery;
  if (!isAnswered(exchange)) return { label, got: { kind: 'failure', reason: failureReason(exchange) } };
  const { status, statusText } = exchange.attempt.reply;
  return { label, got: { kind: 'status', status, statusText } };
}

export const failureReason = ({ attempt }: Exchange): FailureReason =>
  'failure' in attempt ? attempt.failure.reason : 'reset';

function medianOf(answers: readonly Answered[]): number {
  const times = answers.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? 0;
}
