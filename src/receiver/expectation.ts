import { isMatch, type Match } from '../event/match.js';
import type { ReceiverSubscriber } from './events.js';

export interface ExpectationOptions {
  /** How many verified events have to come, at least 1. Undefined: none is expected, and requests are only counted. */
  count?: number | undefined;
  /** Only events that have all of these values are expected. */
  match?: readonly Match[] | undefined;
}

/** Counts what a receiver receives, and notices when everything that was expected has come. */
export interface Expectation extends ReceiverSubscriber {
  /** Aborted once everything that was expected has come. Never aborted if nothing was expected. */
  met: AbortSignal;
  /** Returns the numbers up to now. */
  counts: () => ReceivedCounts;
}

export interface ReceivedCounts {
  /** Requests and protocol errors. */
  received: number;
  accepted: number;
  refused: number;
  /** Accepted events that match. */
  matched: number;
  /** Null if nothing was expected. */
  expected: number | null;
}

export function createExpectation({ count, match = [] }: ExpectationOptions = {}): Expectation {
  const met = new AbortController();
  let [accepted, refused, matched] = [0, 0, 0];
  return {
    met: met.signal,
    counts: () => ({ received: accepted + refused, accepted, refused, matched, expected: count ?? null }),
    answered({ assessment }) {
      if (!assessment.isAccepted) refused += 1;
      else {
        accepted += 1;
        if (isMatch(assessment.event?.json, match)) matched += 1;
      }
      if (count !== undefined && matched >= count) met.abort();
    },
    'protocol-error': () => {
      refused += 1;
    },
  };
}
