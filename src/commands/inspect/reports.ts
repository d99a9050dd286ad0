import type { DifferenceReport, ExchangeReport } from '../../exchange/reports.js';
import type { PageReport } from '../page/serve.js';

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

/** The page was written to a file. */
interface PageFileReport {
  type: 'page-file';
  file: string;
  /** How many are in it. */
  requests: number;
}

export type InspectReport = ExchangeReport | DifferenceReport | InspectSummaryReport | PageReport | PageFileReport;
