import type { Failure } from '../../sender/failure.js';
import type { Delivery, EffectCase, Exchange } from '../case.js';
import { deliverInTurn, type Line } from '../deliver-case.js';
import type { Ending, Step } from '../ending.js';
import type { Kit } from '../kit.js';
import { gotFrom, isAnswered, notRun, type CaseResult, type Got } from '../result.js';
import { effects } from './cases.js';
import { look, type Seen } from './look.js';
import type { Probe } from './probe.js';
import type { ProgramFailure } from './program.js';
import { redactionOf, redactedFailure } from './redaction.js';
import { excerptsOf, isSameChange, isSameState, stateOf, type Blindness, type Change } from './state.js';
import { createSubject, type Subject } from './subject.js';

export interface EffectOptions {
  kit: Kit;
  line: Line;
  probe: Probe;
  /** Milliseconds to wait for a stable state. */
  patience: number;
  /** Stops and restarts the application. */
  restart: (signal: AbortSignal) => Promise<ProgramFailure | undefined>;
  /** Waits until the receiver responds; returns why it doesn't. */
  awaitReceiver: () => Promise<Failure | undefined>;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
}

/** Ends a case before its state could be compared. */
class Interruption extends Error {
  readonly step: Step;

  constructor(step: Step) {
    super(step.result.case.id);
    this.step = step;
  }
}

/** The effect of a case's deliveries. */
interface Trial {
  exchanges: readonly Exchange[];
  change: Change;
  /** The number of outputs of the probe before the change appeared. */
  lag: number;
}

/** Runs the cases that compare the state, each with its own customer. */
export class Effects {
  private readonly options: EffectOptions;
  private readonly redact: (text: string) => string;
  private readonly masks = new Map<string, string>();
  private subjects = 0;
  /** The effect of one delivery. */
  private once: Change | undefined;
  /** The number of equal outputs of the probe that make a stable state. */
  private equals = 2;
  /** Set when the probe proves nothing. */
  private blindness: Pick<CaseResult, 'because' | 'got'> | undefined;

  constructor(options: EffectOptions) {
    this.options = options;
    this.redact = redactionOf(options.kit.secret);
  }

  async run(one: EffectCase): Promise<Step> {
    try {
      return { result: await this.resultOf(one) };
    } catch (error) {
      if (error instanceof Interruption)
        return error.step.result.case === one ? error.step : { ...error.step, result: notRun(one) };
      if (!this.options.signal.aborted) throw error;
      return { result: notRun(one), ending: { kind: 'stopped' } };
    }
  }

  private async resultOf(one: EffectCase): Promise<CaseResult> {
    if (one.state === 'first') return this.learn(one);
    // A user who selects a single case doesn't select its reference.
    if (!this.once && !this.blindness) await this.learn(firstCase());
    return this.once ? this.compare(one, this.once) : { ...notRun(one), ...this.blindness };
  }

  /** Learns the effect of one delivery. A second customer shows whether it is the same each time. */
  private async learn(one: EffectCase): Promise<CaseResult> {
    const { change, lag, exchanges } = await this.try(one);
    if (isSameState(change.before, change.after)) return this.blind(one, 'blind-probe', this.got('some', change));
    // The application may still work after its response. Wrong extra work may take as long again.
    this.equals += 2 * lag;
    const another = await this.try(one);
    if (!isSameChange(another.change, change))
      return this.blind(one, 'varying-probe', this.got('once', another.change, change));
    this.once = change;
    return { case: one, exchanges: [...exchanges, ...another.exchanges], outcome: 'passed' };
  }

  private blind(one: EffectCase, because: Blindness, got: Got): CaseResult {
    this.blindness = { because, got };
    return { ...notRun(one), ...this.blindness };
  }

  private async compare(one: EffectCase, once: Change): Promise<CaseResult> {
    const { exchanges, change } = await this.try(one);
    const stays = one.state === 'stays';
    if (stays ? isSameState(change.before, change.after) : isSameChange(change, once))
      return { case: one, exchanges, outcome: 'passed' };
    const outcome = one.level === 'required' ? 'failed' : 'advice';
    const got = stays ? this.got('none', change) : this.got('once', change, once);
    return { case: one, exchanges, outcome, got };
  }

  private got(wanted: 'some' | 'once' | 'none', change: Change, once?: Change): Got {
    const excerpts = (shown: Change) => excerptsOf(this.redact(shown.before.text), this.redact(shown.after.text));
    return { kind: 'state', wanted, ...excerpts(change), ...(once && { once: excerpts(once) }) };
  }

  /** Reads the state of a new customer, delivers, and reads it again. */
  private async try(one: EffectCase): Promise<Trial> {
    this.subjects += 1;
    const subject = createSubject(this.options.kit, this.subjects);
    this.mask(subject);
    const exchanges: Exchange[] = [];
    let before = await this.look(one, subject);
    if (one.earlier) {
      await this.take(one, one.earlier(subject), exchanges);
      before = await this.look(one, subject, before.output);
    }
    await this.take(one, one.steps(subject), exchanges);
    const after = await this.look(one, subject, one.state === 'stays' ? undefined : before.output);
    const [from, to] = [stateOf(before.output, this.masks), stateOf(after.output, this.masks)];
    return { exchanges, change: { before: from, after: to }, lag: after.lag };
  }

  /** The output may also show ids of earlier customers, as in a list of recent events. */
  private mask({ masks }: Subject): void {
    for (const text of this.masks.keys()) this.masks.set(text, '{other}');
    for (const [text, mask] of masks) this.masks.set(text, mask);
  }

  /** Adds to `exchanges`. */
  private async take(one: EffectCase, steps: Iterable<Delivery | 'restart'>, exchanges: Exchange[]): Promise<void> {
    for (const step of steps) {
      if (step === 'restart') {
        await this.restart(one, exchanges);
        continue;
      }
      const { exchanges: made, unanswered, failure } = await deliverInTurn(one, [step], this.options.line);
      exchanges.push(...made);
      if (one.state === 'first') refuseRefusal(one, exchanges);
      if (!unanswered) continue;
      const ending = endingAfter(one, unanswered, failure);
      const result: CaseResult =
        exchanges.length === 0
          ? notRun(one)
          : { case: one, exchanges, outcome: 'failed', expected: 'a response', ...gotFrom(unanswered) };
      throw new Interruption({ result, ...(ending && { ending }) });
    }
  }

  private async restart(one: EffectCase, exchanges: readonly Exchange[]): Promise<void> {
    const failure = await this.options.restart(this.options.signal);
    if (failure) throw new Interruption({ result: notRun(one), ending: { kind: 'restart-failed', failure } });
    const gone = await this.options.awaitReceiver();
    if (!gone) return;
    const got: Got = { kind: 'failure', reason: gone.reason };
    const result: CaseResult = { case: one, exchanges, outcome: 'failed', expected: 'a response', got };
    throw new Interruption({ result, ending: { kind: 'gone', failure: gone } });
  }

  private async look(one: EffectCase, { customer, event }: Subject, from?: string): Promise<Seen> {
    const { probe, patience, signal } = this.options;
    const seen = await look({ probe, ids: { customer, event }, patience, equals: this.equals, from, signal });
    if (!('failure' in seen)) return seen;
    const failure = redactedFailure(seen.failure, this.redact);
    throw new Interruption({ result: notRun(one), ending: { kind: 'probe-failed', failure } });
  }
}

/** A first delivery without a response can't be the reference for other cases. */
function endingAfter(one: EffectCase, unanswered: Exchange, failure: Failure | undefined): Ending | undefined {
  if (failure) return { kind: 'gone', failure };
  return one.state === 'first' ? { kind: 'refusing', exchange: unanswered } : undefined;
}

function firstCase(): EffectCase {
  const first = effects.find(({ state }) => state === 'first');
  if (first) return first;
  throw new Error('No case shows what one delivery does.');
}

/** A receiver that refuses a valid delivery would fail the other cases for the same reason. */
function refuseRefusal(one: EffectCase, exchanges: readonly Exchange[]): void {
  const refused = exchanges.find(
    exchange => isAnswered(exchange) && Math.floor(exchange.attempt.reply.status / 100) !== 2,
  );
  if (!refused) return;
  throw new Interruption({
    result: { case: one, exchanges, outcome: 'failed', expected: '2xx', ...gotFrom(refused) },
    ending: { kind: 'refusing', exchange: refused },
  });
}
