import type { DifferenceReport, ExchangeReport } from '../../exchange/reports.js';

export interface InspectSummaryReport {
  type: 'summary';
  file: string;
  /** Requests that were listed. */
  shown: number;
  /** Of them, those that weren't accepted. */
  refused: number;
  /** Of them, those that were answered outside 2xx, or not at all. Those without a known answer don't count. */
  failed: number;
}

export type InspectReport = ExchangeReport | DifferenceReport | InspectSummaryReport;
