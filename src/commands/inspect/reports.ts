import type { DifferenceReport, ExchangeReport } from '../../exchange/reports.js';
import type { PageReport } from '../page/serve.js';

export interface InspectSummaryReport {
  type: 'summary';
  file: string;
  /** Requests that were listed. */
  shown: number;
  /** How many of them weren't accepted. */
  refused: number;
  /** How many of them didn't get a 2xx response. Unknown responses aren't counted. */
  failed: number;
}

/** The page was written to a file. */
interface PageFileReport {
  type: 'page-file';
  file: string;
  /** The number of requests in it. */
  requests: number;
}

export type InspectReport = ExchangeReport | DifferenceReport | InspectSummaryReport | PageReport | PageFileReport;
