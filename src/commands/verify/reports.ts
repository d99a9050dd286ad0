import type { EntryReport } from '../../exchange/verification.js';

export interface VerifySummaryReport {
  type: 'summary';
  /** Requests that were read. */
  read: number;
  /** Records that couldn't be read. */
  skipped: number;
  valid: number;
  invalid: number;
  /** Requests whose signature can't be verified. */
  unjudgeable: number;
  /** Invalid ones whose cause wasn't searched for, because time ran out. */
  unsearched: number;
  /** The number of responses in each class, such as `2xx`, and of requests without one, `none`, according to the captures. */
  answers?: Record<string, number>;
  /** The files that have requests without a 2xx response. */
  failedIn?: string[];
}

export type VerifyReport = EntryReport | VerifySummaryReport;
