import { createHistogram } from 'node:perf_hooks';
import type { SenderSubscriber } from './events.js';

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
  // In microseconds: on one machine, most answers take less than a few milliseconds.
  const histogram = createHistogram();
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
        if (lateness > tolerance) late += 1;
        if ('failure' in outcome) count(errors, outcome.failure.reason);
        else {
          count(statuses, String(outcome.reply.status));
          histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
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
      const at = (percentile: number) => histogram.percentile(percentile) / 1000;
      const isAnswered = histogram.count > 0;
      return {
        requests,
        seconds: rounded(seconds),
        perSecond: rounded(requests / seconds),
        statuses,
        errors,
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
