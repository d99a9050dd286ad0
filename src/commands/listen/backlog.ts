import type { ForwardReport, ProtocolErrorReport, OmittedReport, RequestReport } from './reports.js';

type Waiting = RequestReport | ForwardReport | ProtocolErrorReport;

/** Reports that wait to be printed. */
export interface Backlog {
  add: (report: Waiting) => void;
  /** Settles when nothing waits any more. */
  empty: () => Promise<void>;
}

/** Bytes, roughly. */
const most = 16 * 1024 * 1024;
const usualWeight = 1024;

const weightOf = (report: Waiting): number => usualWeight + ('bodyBase64' in report ? report.bodyBase64.length : 0);

/** Printing never keeps an answer waiting: what a slow reader can't take is counted instead. */
export function createBacklog(print: (report: Waiting | OmittedReport) => Promise<void>): Backlog {
  const waiting: Waiting[] = [];
  let [weight, omitted] = [0, 0];
  let printing: Promise<void> | undefined;

  const printAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      weight -= weightOf(next);
      await print(next);
    }
    const requests = omitted;
    omitted = 0;
    if (requests > 0) await print({ type: 'omitted', requests });
    printing = waiting.length > 0 || omitted > 0 ? printAll() : undefined;
  };

  return {
    add(report) {
      if (weight > most) omitted += 1;
      else {
        waiting.push(report);
        weight += weightOf(report);
      }
      printing ??= printAll();
    },
    async empty() {
      while (printing) await printing;
    },
  };
}
