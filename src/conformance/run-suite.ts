import type { Failure } from '../sender/failure.js';
import { createHttpClient, type Connecting } from '../sender/http-client.js';
import { probe } from '../sender/reachable.js';
import type { Case, Delivery } from './case.js';
import type { Cause } from './causes/cause.js';
import type { Explanation, Investigation, Questions } from './causes/find.js';
import type { Line } from './deliver-case.js';
import { Effects, type EffectOptions } from './effects/run-effect.js';
import { sampleHeaders } from './bodies.js';
import { createKit, type Kit, type KitOptions } from './kit.js';
import { requestFrom, type Target } from './request.js';
import type { CaseResult } from './result.js';
import { runCases, type Ending, type Selection } from './run-cases.js';
import { caseReport, type CaseReport } from './suite-report.js';
import { waitUntilAnswering, type Unready } from './wait.js';

export interface SuiteOptions {
  selection: Selection;
  target: Target;
  signing: Pick<KitOptions, 'scheme' | 'secret' | 'algorithm'>;
  /** Replaces events and samples. */
  body?: Uint8Array | undefined;
  /** The same seed and time make the same events. */
  seed: number;
  now: Date;
  clock: KitOptions['clock'];
  /** Milliseconds, for each delivery. */
  timeout: number;
  /** Milliseconds: the recommended maximum for the median response time. */
  maxTime: number;
  /** Milliseconds to wait until the receiver responds; undefined for no wait. */
  wait?: number | undefined;
  /** A health check to wait for before the receiver. */
  waitFor?: URL | undefined;
  connecting: Connecting;
  /** Reads the application's state; undefined if there is no probe. */
  effects?: Pick<EffectOptions, 'probe' | 'patience' | 'restart'> | undefined;
  /** Aborted when the user asks to stop: deliveries in flight are finished. */
  signal: AbortSignal;
}

export interface SuiteListeners {
  /** Called when a case is about to begin; `index` counts from 0. */
  onBegin: (one: Case, progress: { index: number; count: number }) => void;
  /** Called with the report of each case, and awaited before the next one begins. */
  onReport: (report: CaseReport) => Promise<void>;
}

export interface SuiteRun {
  reports: CaseReport[];
  /** The results behind the reports, in the same order. */
  results: readonly CaseResult[];
  ending: Ending;
  /** The causes of failed cases. */
  causes: Cause[];
  /** The number of probes sent to find them. */
  probes: number;
  /** Set when the wait for the receiver or its health check timed out. */
  unready?: Unready | undefined;
}

/** Milliseconds between the two parts of a slow body. */
const slowPause = 1000;

/** Runs the selected cases against a receiver. */
export async function runSuite(options: SuiteOptions, { onBegin, onReport }: SuiteListeners): Promise<SuiteRun> {
  const { selection, signing, body: ownBody, seed, now, clock, timeout, maxTime, connecting, signal } = options;
  const { url, headers } = options.target;
  const target = { ...options.target, headers: [...sampleHeaders(signing.scheme, headers), ...headers] };
  const kit = await createKit({ ...signing, ownBody, seed, now, clock, target, slowPause });
  const probeReceiver = () => probe(url, { timeout, routeOf: connecting.routeOf });
  const unready = await waitFor(options);
  const gone = unready ? failureOf(unready) : await (signal.aborted ? undefined : probeReceiver());
  const client = createHttpClient({ timeout, ...connecting, isFresh: true });
  const deliver = (delivery: Delivery) => client.deliver(requestFrom(delivery, target));
  const count = selection.silent.length + selection.cases.length;
  let index = 0;
  const line: Line = { deliver, probe: probeReceiver };
  const results = runCases(selection, {
    ...line,
    kit,
    maxTime,
    gone,
    signal,
    effects: effectsOf(options, { line, kit }),
    onBegin: one => {
      onBegin(one, { index, count });
      index += 1;
    },
  });
  const reports: CaseReport[] = [];
  const kept: CaseResult[] = [];
  const search = new Search({ kit, url, deliver, signal });
  for (;;) {
    const { value, done } = await results.next();
    if (done) {
      const explanation = await search.conclude(kept, value);
      await client.close();
      await options.effects?.probe.close();
      return { reports, results: kept, ending: value, ...explanation, unready };
    }
    kept.push(value);
    const report = caseReport(value, reports.at(-1)?.group !== value.case.group);
    reports.push(report);
    await onReport(report);
    await search.pursue(kept);
  }
}

/** The search for causes, which loads only if something failed. */
class Search {
  private readonly questions: Questions;
  private investigation: Investigation | undefined;

  constructor(questions: Questions) {
    this.questions = questions;
  }

  /** Called after each case. */
  async pursue(results: readonly CaseResult[]): Promise<void> {
    if (!results.slice(-1).some(isShort)) return;
    const { Investigation } = await import('./causes/find.js');
    this.investigation ??= new Investigation(this.questions);
    await this.investigation.pursue(results);
  }

  async conclude(results: readonly CaseResult[], { kind }: Ending): Promise<Explanation> {
    const isGone = kind !== 'complete' && kind !== 'refusing';
    return (await this.investigation?.conclude(results, { isGone })) ?? { causes: [], probes: 0 };
  }
}

const isShort = ({ outcome }: CaseResult): boolean => outcome === 'failed' || outcome === 'advice';

function effectsOf(options: SuiteOptions, parts: { line: Line; kit: Kit }): Effects | undefined {
  const { effects, signal, wait = usualPatience } = options;
  return (
    effects &&
    new Effects({
      ...effects,
      ...parts,
      signal,
      async awaitReceiver() {
        const unready = await waitFor({ ...options, wait });
        return unready && failureOf(unready);
      },
    })
  );
}

/** Waits for the health check and the receiver, as the user asked. */
async function waitFor({ wait, waitFor: health, ...options }: SuiteOptions): Promise<Unready | undefined> {
  const waiting = { ...options, patience: wait ?? usualPatience };
  const ill = health && (await waitUntilAnswering({ ...waiting, health }));
  return ill ?? (wait === undefined ? undefined : waitUntilAnswering(waiting));
}

/** Milliseconds to wait for a health check. */
const usualPatience = 30_000;

const failureOf = ({ last }: Unready): Failure => ('status' in last ? { reason: 'timeout', cause: undefined } : last);
