import { createHistogram } from 'node:perf_hooks';
import type { Attempt } from '../../sender/http-client.js';
import type { LoadFigures } from './reports.js';

/** Counts and times what goes over the wire. What it holds doesn't grow with the number of requests. */
export interface Meter {
  /** `milliseconds`: until the answer was there; `lateness`: of them, until it began. */
  note: (attempt: Attempt, milliseconds: number, lateness: number) => void;
  /** Counts what failed before it went over the wire. */
  noteError: (kind: string) => void;
  /** Counts what went over the wire, but isn't in the recording. */
  noteUnrecorded: () => void;
  figures: () => LoadFigures;
}

/** Milliseconds: less may be the fault of a timer. */
const tolerance = 100;

/** `rate`: so many are due in a second; none: each when its turn comes. */
export function createMeter(rate: number | undefined): Meter {
  // In microseconds: on one machine, most answers take less than a few milliseconds.
  const histogram = createHistogram();
  const [statuses, errors]: Record<string, number>[] = [{}, {}] as const;
  const start = performance.now();
  let [requests, late, unrecorded] = [0, 0, 0];
  return {
    note(attempt, milliseconds, lateness) {
      requests += 1;
      if (lateness > tolerance) late += 1;
      if ('failure' in attempt) count(errors, attempt.failure.reason);
      else {
        count(statuses, String(attempt.reply.status));
        histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
      }
    },
    noteError: kind => {
      count(errors, kind);
    },
    noteUnrecorded: () => {
      unrecorded += 1;
    },
    figures() {
      const seconds = (performance.now() - start) / 1000;
      const at = (percentile: number) => histogram.percentile(percentile) / 1000;
      const isAnswered = histogram.count > 0;
      return {
        ...{ requests, seconds: rounded(seconds), perSecond: rounded(requests / seconds), statuses, errors },
        unrecorded,
        ...(rate !== undefined && { rate, late }),
        latency: isAnswered ? { p50: at(50), p90: at(90), p99: at(99), max: histogram.max / 1000 } : null,
      };
    },
  };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
