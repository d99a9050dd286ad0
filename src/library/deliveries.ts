import type { Attempt } from '../sender/attempt.js';
import type { SenderSubscriber } from '../sender/events.js';
import { recordOf } from './headers.js';
import type { DeliveryAttempt, DeliveryResult } from './delivery.js';

type Filling = { -readonly [Key in keyof DeliveryResult]: DeliveryResult[Key] } & { attempts: DeliveryAttempt[] };

/** Collects the outcome of each delivery of a batch. */
export function collector(count: number): { subscriber: SenderSubscriber; results: () => DeliveryResult[] } {
  const fillings = Array.from({ length: count }, nothingSent);
  const fill = (seq: number, facts: Partial<DeliveryResult>, outcome?: Attempt): undefined => {
    const filling = fillings[seq - 1];
    if (!filling) return;
    Object.assign(filling, facts);
    if (outcome) filling.attempts.push(attemptOf(outcome));
  };
  const unanswered = { isExpected: false, status: undefined, headers: {}, body: Buffer.alloc(0), unmet: [] };
  return {
    results: () => fillings,
    subscriber: {
      answered: ({ delivery: { seq }, answer, unmet }) => {
        const { status, headers, body } = answer.reply;
        const facts = { status, headers: { ...recordOf(headers) }, body: Buffer.from(body), failure: undefined };
        fill(seq, { isExpected: unmet.length === 0, unmet, ...facts }, answer);
      },
      retrying: ({ delivery: { seq }, because }) => {
        if ('failure' in because) fill(seq, { ...unanswered, failure: because.failure.reason }, because);
        return undefined;
      },
      failed: ({ delivery: { seq }, failure, milliseconds }) => {
        fill(seq, { ...unanswered, failure: failure.reason }, { failure, milliseconds });
      },
      unsendable: ({ seq, error }) => {
        fill(seq, { error });
      },
    },
  };
}

const nothingSent = (): Filling => ({
  isExpected: false,
  status: undefined,
  headers: {},
  body: Buffer.alloc(0),
  unmet: [],
  failure: undefined,
  attempts: [],
  error: undefined,
});

const attemptOf = (outcome: Attempt): DeliveryAttempt =>
  'reply' in outcome
    ? { status: outcome.reply.status, failure: undefined, milliseconds: outcome.milliseconds }
    : { status: undefined, failure: outcome.failure.reason, milliseconds: outcome.milliseconds };
