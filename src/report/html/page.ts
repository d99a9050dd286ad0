import type { About, Fact } from '../about.js';

/** The content of a report's page. Texts may come from outside; they are escaped when the page is written. */
export interface ReportPage extends About {
  /** The command, and what sets this run apart. */
  title: string;
  isGood: boolean;
  /** The outcome, in one line. */
  verdict: string;
  /** Failures and warnings, each in full. */
  failures: readonly PageFailure[];
  /** Everything that was checked. */
  groups: readonly PageGroup[];
  /** Only for a load. */
  load?: PageLoad;
}

export interface PageFailure {
  name: string;
  isWarning: boolean;
  /** What was done, the outcome, and what to do, in this order. */
  facts: readonly Fact[];
  /** Longer texts, verbatim: a command line, a response. */
  blocks: readonly Fact[];
}

export interface PageGroup {
  name: string;
  items: readonly PageItem[];
}

export interface PageItem {
  name: string;
  outcome: 'passed' | 'failed' | 'warning' | 'skipped';
  message?: string | undefined;
}

export interface PageLoad {
  /** Requests that got a response or failed in each second since the first. */
  perSecond: readonly number[];
  /** Histogram of the time until a response, in ascending order. */
  latencies: readonly { from: number; to: number; count: number }[];
}
