import type { SenderSubscriber } from './events.js';
import { createLatencies, type Latencies, type LatencyRow } from './latencies.js';

/** The results of a meter. */
export interface LoadFigures {
  /** Sent requests, including retries. */
  requests: number;
  seconds: number;
  /** Requests. */
  perSecond: number;
  /** The number of responses with each status. */
  statuses: Readonly<Record<string, number>>;
  /** The number of requests without a response by reason, and of unsent ones by error code. */
  errors: Readonly<Record<string, number>>;
  /** The number of requests that couldn't be recorded. */
  unrecorded: number;
  /** The requested rate, in requests a second. */
  rate?: number;
  /** With a rate: the number of requests that began more than 100 ms late. */
  late?: number;
  /** Milliseconds until a response, counted from the due time if there is a rate; null without responses. */
  latency: { p50: number; p90: number; p99: number; max: number } | null;
  /** The distribution of these times. */
  latencies: LatencyRow[];
  /** The number of requests that ended in each second of the first hour. */
  bySecond: number[];
}

/** Counts and times the requests of a sender, in constant memory. */
export interface Meter {
  subscriber: SenderSubscriber;
  figures: () => LoadFigures;
}

/** Milliseconds. A timer alone may cause less. */
const tolerance = 100;

/** `rate`: requests due per second, or undefined for as fast as possible. */
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

/** Keeps a load that runs for days from filling the memory. */
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
