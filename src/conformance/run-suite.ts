import type { Trust } from '../sender/connector.js';
import { createHttpClient } from '../sender/http-client.js';
import { probe, waitUntilReachable } from '../sender/reachable.js';
import type { Case } from './case.js';
import { createKit, type KitOptions } from './kit.js';
import { requestFrom, type Target } from './request.js';
import { runCases, type Ending, type Selection } from './run-cases.js';
import { caseReport, type CaseReport } from './suite-report.js';

export interface SuiteOptions {
  selection: Selection;
  target: Target;
  signing: Pick<KitOptions, 'scheme' | 'secret' | 'algorithm'>;
  /** The same seed and time make the same events. */
  seed: number;
  now: Date;
  /** Milliseconds, for each delivery. */
  timeout: number;
  /** Milliseconds, advised for the median time of an answer. */
  maxTime: number;
  /** Milliseconds to wait until the receiver accepts connections; undefined: it is expected to accept them at once. */
  wait?: number | undefined;
  trust: Trust;
  /** Aborted when the user asks to stop: what is in flight is finished. */
  signal: AbortSignal;
}

export interface SuiteListeners {
  /** Called when a case is about to begin; `index` counts from 0. */
  onBegin: (one: Case, progress: { index: number; count: number }) => void;
  /** Called with the report of each case. The next one begins when it is done. */
  onReport: (report: CaseReport) => Promise<void>;
}

export interface SuiteRun {
  reports: CaseReport[];
  ending: Ending;
}

/** Milliseconds between the two parts of a slow body. */
const slowPause = 1000;

/** Runs the selected cases against a receiver. */
export async function runSuite(
  { selection, target, signing, seed, now, timeout, maxTime, wait, trust, signal }: SuiteOptions,
  { onBegin, onReport }: SuiteListeners,
): Promise<SuiteRun> {
  const { url } = target;
  const kit = await createKit({ ...signing, seed, now, path: url.pathname, slowPause });
  const gone = wait === undefined ? await probe(url, timeout) : await waitUntilReachable(url, wait, signal);
  const client = createHttpClient({ timeout, ...trust, isFresh: true });
  const count = selection.silent.length + selection.cases.length;
  let index = 0;
  const results = runCases(selection, {
    kit,
    maxTime,
    gone,
    signal,
    deliver: delivery => client.deliver(requestFrom(delivery, target)),
    probe: () => probe(url, timeout),
    onBegin: one => {
      onBegin(one, { index, count });
      index += 1;
    },
  });
  const reports: CaseReport[] = [];
  for (;;) {
    const { value, done } = await results.next();
    if (done) {
      await client.close();
      return { reports, ending: value };
    }
    const report = caseReport(value, reports.at(-1)?.group !== value.case.group);
    reports.push(report);
    await onReport(report);
  }
}
