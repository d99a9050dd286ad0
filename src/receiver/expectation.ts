import { createHash } from 'node:crypto';
import { isMatch, type Match } from '../event/match.js';
import { valueAt } from '../json/value-at.js';
import { jsonIn } from '../json/parse.js';
import { answerClass } from '../recording/answered.js';
import type { Assessment } from './assessment.js';
import type { ReceiverSubscriber } from './events.js';
import type { ReceivedRequest } from './received-request.js';

export interface ExpectationOptions {
  /** How many verified events have to come, at least 1. Undefined: none is expected, and requests are only counted. */
  count?: number | undefined;
  /** Only events that have all of these values are expected. */
  match?: readonly Match[] | undefined;
  /** Whether several deliveries of one event count once. Events without an id can't be told apart, and count each time. */
  isDistinct?: boolean | undefined;
  /** Reads the id of an event that isn't one of the catalogue. */
  idOf?: ((request: ReceivedRequest) => string | undefined) | undefined;
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
  /** Of these, deliveries of an event that had come before, with `isDistinct`. They don't count as matched. */
  repeated: number;
  /** How many different ids the matched events had, with `isDistinct`; less than `matched` where events had none. */
  distinct?: number;
  /** Null if nothing was expected. */
  expected: number | null;
  /** How many answers there were of each class, such as `2xx`, and how many requests had none: `none`. */
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
  // The body of another scheme's event is parsed only where its values count.
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

/** The ids of events that have come. */
function createIds(idOf: ExpectationOptions['idOf']) {
  const ids = new Set<string>();
  return {
    size: () => ids.size,
    /** Notes the id of an event, and returns whether it had come before. */
    isRepeated(request: ReceivedRequest, { event, summary }: Assessment): boolean {
      const id = keyOf(event ? valueAt(event.json, ['event', 'id']) : (idOf?.(request) ?? summary.id));
      const { size } = ids;
      return id !== undefined && ids.add(id).size === size;
    },
  };
}

/** The memory that an id takes has a limit, however long it is: a load may have millions. */
const longestKey = 64;

/** Returns a text for an id that no other id has, or undefined for what is no id. */
function keyOf(id: unknown): string | undefined {
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const text = `${typeof id} ${id}`;
  return text.length <= longestKey ? text : createHash('sha256').update(text).digest('base64');
}
