import type { SenderSubscriber } from './events.js';
import { createLatencies, type Latencies, type LatencyRow } from './latencies.js';

/** What a meter counted and timed. */
export interface LoadFigures {
  /** That went out, retries included. */
  requests: number;
  seconds: number;
  /** Requests. */
  perSecond: number;
  /** How many answers had each status. */
  statuses: Readonly<Record<string, number>>;
  /** How many requests had no answer, by the reason; and how many never went out, by the code of the error. */
  errors: Readonly<Record<string, number>>;
  /** How many requests couldn't be recorded. */
  unrecorded: number;
  /** Requests a second, as they were asked for. */
  rate?: number;
  /** With a rate: how many requests began more than 100 ms after they were due. */
  late?: number;
  /** Milliseconds until an answer was there, with a rate from when the request was due; null if there was none. */
  latency: { p50: number; p90: number; p99: number; max: number } | null;
  /** How these times are distributed. */
  latencies: LatencyRow[];
  /** How many requests ended in each second, of the first hour. */
  bySecond: number[];
}

/** Counts and times the requests of a sender that it is subscribed to. Its memory doesn't grow with their number. */
export interface Meter {
  subscriber: SenderSubscriber;
  figures: () => LoadFigures;
}

/** Milliseconds. A timer alone may cause less. */
const tolerance = 100;

/** `rate`: how many requests are due in a second; undefined: each is sent when its turn comes. */
export function createMeter(rate: number | undefined): Meter {
  const latencies = createLatencies();
  const bySecond: number[] = [];
  const statuses: Record<string, number> = {};
  const errors: Record<string, number> = {};
  const start = performance.now();
  let requests = 0;
  let late = 0;
  let unrecorded = 0;
  return {
    subscriber: {
      attempted({ outcome, milliseconds, lateness }) {
        requests += 1;
        countSecond(bySecond, performance.now() - start);
        if (lateness > tolerance) late += 1;
        if ('failure' in outcome) count(errors, outcome.failure.reason);
        else {
          count(statuses, String(outcome.reply.status));
          latencies.record(milliseconds);
        }
        return undefined;
      },
      unsendable({ error }) {
        count(errors, error.code);
        return undefined;
      },
      unrecorded({ delivery }) {
        if (delivery) unrecorded += 1;
        return undefined;
      },
    },
    figures() {
      const seconds = (performance.now() - start) / 1000;
      return {
        requests,
        seconds: rounded(seconds),
        perSecond: rounded(requests / seconds),
        statuses,
        errors,
        unrecorded,
        ...(rate !== undefined && { rate, late }),
        ...timesIn(latencies),
        bySecond,
      };
    },
  };
}

function timesIn(latencies: Latencies): Pick<LoadFigures, 'latency' | 'latencies'> {
  const at = (percent: number) => rounded(latencies.percentile(percent) ?? 0);
  const rows = latencies.rows().map(({ from, to, count }) => ({ from: rounded(from), to: rounded(to), count }));
  if (rows.length === 0) return { latency: null, latencies: rows };
  return { latency: { p50: at(50), p90: at(90), p99: at(99), max: rounded(latencies.max()) }, latencies: rows };
}

/** A load that runs for days fills no memory. */
const mostSeconds = 3600;

function countSecond(bySecond: number[], elapsed: number): void {
  const second = Math.floor(elapsed / 1000);
  if (second >= mostSeconds) return;
  while (bySecond.length <= second) bySecond.push(0);
  bySecond[second] = (bySecond[second] ?? 0) + 1;
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
