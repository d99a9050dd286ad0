import type { Totals } from './finding.js';

/** What a report is about, besides its findings. Texts may come from outside; documents escape them. */
export interface About {
  /** The outcome in one line, if it says more than the totals. */
  verdict?: string;
  /** Facts about the run: names and values. */
  facts: readonly Fact[];
  /** Common causes of several failures, the most general first. */
  causes: readonly FoundCause[];
}

export type Fact = readonly [name: string, value: string];

export interface FoundCause {
  /** A clause. */
  words: string;
  /** An imperative. */
  fix: string;
  /** The names of the failures that it explains. */
  explains: readonly string[];
}

/** Totals, and what a report for people shows with them. */
export interface Summary extends Totals {
  about?: About | undefined;
}
