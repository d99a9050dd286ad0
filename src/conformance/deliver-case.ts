import type { Attempt } from '../sender/http-client.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import type { Case, Delivery, Exchange } from './case.js';
import { failureReason, isAnswered, isCompleted } from './result.js';

export interface Line {
  deliver: (delivery: Delivery) => Promise<Attempt>;
  /** Returns why the receiver refuses connections, or undefined if it accepts them. */
  probe: () => Promise<Failure | undefined>;
}

export interface Delivered {
  exchanges: Exchange[];
  /** Set when a delivery that needs a response got none. */
  unanswered?: Exchange;
  /** Set when the receiver turned out to be gone. */
  failure?: Failure;
}

/** Failures that would repeat for every further delivery. */
const final: readonly FailureReason[] = [
  'refused',
  'unreachable',
  'unknown-host',
  'dns-unavailable',
  'tls',
  'proxy',
  'local-error',
];

/** Any response to it shows that the receiver is alive. */
const question: Delivery = { method: 'GET', headers: [], body: new Uint8Array() };

/** Sends the deliveries of a case in order until one gets no response: later ones would get none, either. */
export async function deliverInTurn(
  { id, group }: Pick<Case, 'id' | 'group'>,
  deliveries: Iterable<Delivery>,
  line: Line,
): Promise<Delivered> {
  const exchanges: Exchange[] = [];
  for (const delivery of deliveries) {
    const copies = Array.from({ length: delivery.copies ?? 1 }, () => line.deliver(delivery));
    const made = (await Promise.all(copies)).map((attempt): Exchange => ({ id, group, delivery, attempt }));
    const unanswered = made.find(exchange => isCompleted(exchange) && !isAnswered(exchange));
    const failure = unanswered && (await goneBy(unanswered, line));
    // A delivery that never arrived says nothing about the receiver.
    if (failure && exchanges.length === 0 && isFinal(unanswered)) return { exchanges, unanswered, failure };
    exchanges.push(...made);
    if (unanswered) return { exchanges, unanswered, ...(failure && { failure }) };
  }
  return { exchanges };
}

/** Returns why nothing more can be delivered, if anything prevents it. */
async function goneBy(exchange: Exchange, { deliver, probe }: Line): Promise<Failure | undefined> {
  if ('failure' in exchange.attempt && isFinal(exchange)) return exchange.attempt.failure;
  // A dying process may still accept connections. This request ends when the process has ended, too.
  if (failureReason(exchange) === 'reset') await deliver(question);
  const failure = await probe();
  return failure && final.includes(failure.reason) ? failure : undefined;
}

const isFinal = (exchange: Exchange): boolean => final.includes(failureReason(exchange));
