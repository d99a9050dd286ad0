import { createHash } from 'node:crypto';
import { isMatch, type Match } from '../event/match.js';
import { valueAt } from '../json/value-at.js';
import { jsonIn } from '../json/parse.js';
import { answerClass } from '../recording/answered.js';
import type { Assessment } from './assessment.js';
import type { ReceiverSubscriber } from './events.js';
import type { ReceivedRequest } from './received-request.js';

export interface ExpectationOptions {
  /**
   * The number of expected verified events, at least 1. Undefined if none is expected, and requests are only counted.
   */
  count?: number | undefined;
  /** Counts only events with all of these values. */
  match?: readonly Match[] | undefined;
  /**
   * Whether repeated deliveries of an event count once. Events without an id can't be told apart, and are always
   * counted.
   */
  isDistinct?: boolean | undefined;
  /** Reads the id of an event that isn't one of the catalogue. */
  idOf?: ((request: ReceivedRequest) => string | undefined) | undefined;
}

/** Counts a receiver's requests, and notices when all expected events have arrived. */
export interface Expectation extends ReceiverSubscriber {
  /** Aborted once all expected events have arrived. Never aborted if none was expected. */
  met: AbortSignal;
  /** Returns the current numbers. */
  counts: () => ReceivedCounts;
}

export interface ReceivedCounts {
  /** Requests and protocol errors. */
  received: number;
  accepted: number;
  refused: number;
  /** Accepted events that match. */
  matched: number;
  /** How many of them repeated an earlier event, with `isDistinct`. They don't count as matched. */
  repeated: number;
  /** The number of distinct ids of matched events, with `isDistinct`; less than `matched` if some had none. */
  distinct?: number;
  /** Null if nothing was expected. */
  expected: number | null;
  /** The number of responses in each class, such as `2xx`, and of requests without one, `none`. */
  answers: Readonly<Record<string, number>>;
}

export function createExpectation({
  count,
  match = [],
  isDistinct = false,
  idOf,
}: ExpectationOptions = {}): Expectation {
  const met = new AbortController();
  let [accepted, refused, matched, repeated] = [0, 0, 0, 0];
  const ids = createIds(idOf);
  const answers: Record<string, number> = {};
  const countAnswer = (status: number | undefined): void => {
    const kind = answerClass(status);
    answers[kind] = (answers[kind] ?? 0) + 1;
  };
  // The body of another scheme's event is parsed only if its values matter.
  const isMatching = ({ body }: ReceivedRequest, { event }: Assessment): boolean =>
    match.length === 0 || isMatch(event ? event.json : jsonIn(body), match);
  return {
    met: met.signal,
    counts: () => ({
      received: accepted + refused,
      accepted,
      refused,
      matched,
      repeated,
      ...(isDistinct && { distinct: ids.size() }),
      expected: count ?? null,
      answers,
    }),
    answered({ request, assessment, action, isGone }) {
      countAnswer(typeof action === 'string' || isGone ? undefined : action.status);
      if (!assessment.isAccepted) refused += 1;
      else {
        accepted += 1;
        if (!isMatching(request, assessment)) return;
        if (isDistinct && ids.isRepeated(request, assessment)) repeated += 1;
        else matched += 1;
      }
      if (count !== undefined && matched >= count) met.abort();
    },
    'protocol-error': ({ error: { status } }) => {
      refused += 1;
      countAnswer(status);
    },
  };
}

/** The ids of events so far. */
function createIds(idOf: ExpectationOptions['idOf']) {
  const ids = new Set<string>();
  return {
    size: () => ids.size,
    /** Notes the id of an event, and returns whether it was seen before. */
    isRepeated(request: ReceivedRequest, { event, summary }: Assessment): boolean {
      const id = keyOf(event ? valueAt(event.json, ['event', 'id']) : (idOf?.(request) ?? summary.id));
      const { size } = ids;
      return id !== undefined && ids.add(id).size === size;
    },
  };
}

/** Limits the memory of each id, since a load may have millions. */
const longestKey = 64;

/** Returns a text unique to an id, or undefined for a value that isn't an id. */
function keyOf(id: unknown): string | undefined {
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const text = `${typeof id} ${id}`;
  return text.length <= longestKey ? text : createHash('sha256').update(text).digest('base64');
}
