import type { About } from '../report/about.js';
import type { Target } from './request.js';
import type { SuiteSummary } from './suite-report.js';
import { totalsWords } from './totals.js';

/** When a run began, and how long it took. */
export interface RunTime {
  begun: Date;
  milliseconds: number;
}

export interface RunFacts {
  summary: SuiteSummary;
  target: Target;
  time: RunTime;
  /** Why the run ended early, if it did. */
  problem: string | undefined;
}

/** Returns the facts of a run, for reports that people read. Omits the URL's query, which may hold credentials. */
export const aboutOf = ({ summary, target, time, problem }: RunFacts): About & { verdict: string } => ({
  verdict: totalsWords(summary),
  facts: [
    ['receiver', `${target.url.origin}${target.url.pathname}`],
    ['time', `${time.begun.toISOString().replace(/\.\d+/, '')}, ${(time.milliseconds / 1000).toFixed(1)} s`],
    ['seed', String(summary.seed)],
    ...(problem === undefined ? [] : [['problem', problem] as const]),
    ...(summary.hint === undefined ? [] : [['hint', summary.hint] as const]),
  ],
  causes: summary.causes,
});
