import type { About, Fact } from '../about.js';

/** What a report shows as a page. Its texts may be from outside: they are made safe when it is written. */
export interface ReportPage extends About {
  /** The command, and what sets this run apart. */
  title: string;
  isGood: boolean;
  /** What came of it, in a line. */
  verdict: string;
  /** What failed, and what was advised against, each with all that is known of it. */
  failures: readonly PageFailure[];
  /** Everything that was looked at. */
  groups: readonly PageGroup[];
  /** Of a load. */
  load?: PageLoad;
}

export interface PageFailure {
  name: string;
  isWarning: boolean;
  /** What was done, what came of it, and what to do, in this order. */
  facts: readonly Fact[];
  /** Longer texts, as they are: a command line, an answer. */
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
  /** Requests that were answered or failed in each second since the first. */
  perSecond: readonly number[];
  /** Rows of a histogram of the time until an answer, in ascending order. */
  latencies: readonly { from: number; to: number; count: number }[];
}
