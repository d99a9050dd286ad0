import type { Problem } from '../../event/problem.js';
import type { EventSummary } from '../../event/summary.js';

/** One thing that is wrong with a body, or odd. */
export interface ProblemReport extends Problem {
  type: 'problem';
  file: string;
  /** Of a request in a recording, from 1: line and column are those of its body. */
  index?: number;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  /** What stands around it, where it may be shown. */
  excerpt?: Excerpt;
}

/** A part of one line. */
export interface Excerpt {
  text: string;
  /** What stands before the problem: so many UTF-16 units of `text`. */
  offset: number;
}

/** What a file came to. */
export interface FileReport {
  type: 'file';
  file: string;
  /** Bodies in it. */
  bodies: number;
  /** Those without an error. */
  valid: number;
  errors: number;
  warnings: number;
  /** Problems beyond the first hundred of a body, which aren't told. */
  omitted: number;
  /** Those that aren't JSON at all, and records that can't be read. */
  unjudgeable: number;
  /** Of the only one. */
  event?: EventSummary | undefined;
}

export interface ValidateSummaryReport extends Omit<FileReport, 'type' | 'file' | 'event'> {
  type: 'summary';
  files: number;
}

export type ValidateReport = ProblemReport | FileReport | ValidateSummaryReport;
