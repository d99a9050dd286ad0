import type { Totals } from './finding.js';

/** What a report is about, besides its findings. Its texts may be from outside: documents make them safe. */
export interface About {
  /** What the run was about: names and values. */
  facts: readonly Fact[];
  /** What is behind several failures, the most general first. */
  causes: readonly FoundCause[];
}

export type Fact = readonly [name: string, value: string];

export interface FoundCause {
  /** A clause. */
  words: string;
  /** An imperative. */
  fix: string;
  /** Names of the failures that it explains. */
  explains: readonly string[];
}

/** Totals, with what a report that people read shows beside them. */
export interface Summary extends Totals {
  about?: About | undefined;
}
