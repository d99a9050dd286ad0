import type { ForwardReport, OmittedReport, ProtocolErrorReport, RequestReport } from './reports.js';

export type WaitingReport = RequestReport | ForwardReport | ProtocolErrorReport;

/** A queue of reports to print. */
export interface Backlog {
  /** `finished` resolves to the report to print, if that takes longer to make than the first version. */
  add: (report: WaitingReport, finished?: Promise<WaitingReport>) => void;
  /** Resolves when the queue is empty. */
  empty: () => Promise<void>;
}

interface Waiting {
  report: WaitingReport;
  finished: Promise<WaitingReport> | undefined;
}

/** In bytes, roughly. */
const most = 16 * 1024 * 1024;
const usualWeight = 1024;

const weightOf = (report: WaitingReport): number =>
  usualWeight + ('bodyBase64' in report ? report.bodyBase64.length : 0);

/** Prints reports one by one, so that printing delays no response. Counts the reports dropped for a slow reader. */
export function createBacklog(
  print: (report: WaitingReport | OmittedReport) => Promise<void>,
  fail: (error: unknown) => void,
): Backlog {
  const waiting: Waiting[] = [];
  let [weight, omitted] = [0, 0];
  let printing: Promise<void> | undefined;

  const printAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      weight -= weightOf(next.report);
      try {
        await print(next.finished ? await next.finished : next.report);
      } catch (error) {
        // A bug in one report stops neither other reports nor later requests.
        fail(error);
      }
    }
    const requests = omitted;
    omitted = 0;
    if (requests > 0) await print({ type: 'omitted', requests });
    printing = waiting.length > 0 || omitted > 0 ? printAll() : undefined;
  };

  return {
    add(report, finished) {
      if (weight > most) omitted += 1;
      else {
        waiting.push({ report, finished });
        weight += weightOf(report);
      }
      printing ??= printAll();
    },
    async empty() {
      while (printing) await printing;
    },
  };
}
