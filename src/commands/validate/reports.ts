import type { Problem } from '../../event/problem.js';
import type { EventSummary } from '../../event/summary.js';

/** One problem of a body. */
export interface ProblemReport extends Problem {
  type: 'problem';
  file: string;
  /** The number of a request in a recording, from 1. Line and column are those of its body. */
  index?: number;
  /** The number of an item of an array, from 1. Line and column are those of the file. */
  item?: number;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  /** The text around the problem, if showing it is allowed. */
  excerpt?: Excerpt;
}

/** A part of one line. */
export interface Excerpt {
  text: string;
  /** The problem's position in `text`, in UTF-16 units. */
  offset: number;
}

/** The result of a file. */
export interface FileReport {
  type: 'file';
  file: string;
  /** The number of bodies. */
  bodies: number;
  /** Bodies without an error. */
  valid: number;
  errors: number;
  warnings: number;
  /** Problems beyond the first hundred of a body, which aren't reported. */
  omitted: number;
  /** Bodies that aren't JSON, and records that can't be read. */
  unjudgeable: number;
  /** Set if there is only one body. */
  event?: EventSummary | undefined;
}

export interface ValidateSummaryReport extends Omit<FileReport, 'type' | 'file' | 'event'> {
  type: 'summary';
  files: number;
}

export type ValidateReport = ProblemReport | FileReport | ValidateSummaryReport;
