import { createHistogram } from 'node:perf_hooks';
import type { Attempt } from '../../delivery/deliver.js';
import type { LoadFigures } from './reports.js';

/** Counts and times what goes over the wire. What it holds doesn't grow with the number of requests. */
export interface Meter {
  /** `milliseconds`: how long it took. */
  note: (attempt: Attempt, milliseconds: number) => void;
  /** Counts what failed before it went over the wire. */
  noteError: (kind: string) => void;
  figures: () => LoadFigures;
}

export function createMeter(): Meter {
  // In microseconds: on one machine, most answers take less than a few milliseconds.
  const histogram = createHistogram();
  const [statuses, errors]: Record<string, number>[] = [{}, {}] as const;
  const start = performance.now();
  let requests = 0;
  return {
    note(attempt, milliseconds) {
      requests += 1;
      if ('failure' in attempt) count(errors, attempt.failure.reason);
      else {
        count(statuses, String(attempt.reply.status));
        histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
      }
    },
    noteError: kind => {
      count(errors, kind);
    },
    figures() {
      const seconds = (performance.now() - start) / 1000;
      const at = (percentile: number) => histogram.percentile(percentile) / 1000;
      const isAnswered = histogram.count > 0;
      return {
        ...{ requests, seconds: rounded(seconds), perSecond: rounded(requests / seconds), statuses, errors },
        latency: isAnswered ? { p50: at(50), p90: at(90), p99: at(99), max: histogram.max / 1000 } : null,
      };
    },
  };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
