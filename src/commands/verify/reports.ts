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
  /** Invalid ones whose cause wasn't looked for, because the time for that was used up. */
  unsearched: number;
  /** How many answers of each class there were, such as `2xx`, and requests without one: `none`. Of what the captures say. */
  answers?: Record<string, number>;
  /** The files with requests that were answered outside 2xx, or not at all. */
  failedIn?: string[];
}

export type VerifyReport = EntryReport | VerifySummaryReport;
