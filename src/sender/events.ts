import type { CommandError, LocalError } from '../errors.js';
import type { Answered, Attempt } from './attempt.js';
import type { Unmet } from './expectation.js';
import type { Failure } from './failure.js';
import type { DeliveryPlan } from './request.js';

/** One delivery of a batch. All events about it refer to the same object. */
export interface PlannedDelivery {
  /** 1 for the first of the batch. */
  seq: number;
  /** Where it comes from, in words, as the batch names it. */
  source: string;
  plan: DeliveryPlan;
}

/** A delivery is about to go out for the first time. */
interface SendingEvent {
  type: 'sending';
  delivery: PlannedDelivery;
}

/** A request went out, and an answer came or none will. Meant for a meter: it comes before anything is done about the outcome. */
interface AttemptedEvent {
  type: 'attempted';
  outcome: Attempt;
  /** Until the outcome was there. The first attempt of a delivery that was due at some time counts from then. */
  milliseconds: number;
  /** How much of `milliseconds` went by before the request went out. */
  lateness: number;
}

/** A whole reply came. */
export interface AnsweredEvent {
  type: 'answered';
  delivery: PlannedDelivery;
  answer: Answered;
  /** What isn't as expected. */
  unmet: Unmet[];
  /** 1 for the first. */
  attempt: number;
  /** Whether another attempt follows. */
  isRetried: boolean;
}

/** The next attempt follows after a wait. */
interface RetryingEvent {
  type: 'retrying';
  delivery: PlannedDelivery;
  /** The outcome that is retried. */
  because: Attempt;
  /** The number of the next attempt, of at most `attempts`. */
  attempt: number;
  attempts: number;
  /** Milliseconds. */
  wait: number;
}

/** There is no other attempt, because the receiver asks for a longer wait than the policy allows. */
interface WaitRefusedEvent {
  type: 'wait-refused';
  delivery: PlannedDelivery;
}

/** The last attempt had no whole reply. */
interface FailedEvent {
  type: 'failed';
  delivery: PlannedDelivery;
  failure: Failure;
  /** Until it was clear that no whole reply would come. */
  milliseconds: number;
  url: URL;
  /** Milliseconds that the attempt had. */
  timeout: number;
}

/** An attempt isn't in the recording, and so isn't retried. */
interface UnrecordedEvent {
  type: 'unrecorded';
  /** Undefined if only closing the recording showed the loss: some file systems report it as late as that. */
  delivery: PlannedDelivery | undefined;
  error: LocalError;
}

/** A request couldn't be made, so nothing went out. */
interface UnsendableEvent {
  type: 'unsendable';
  seq: number;
  source: string;
  error: CommandError;
}

/**
 * What a sender reports while it works. For one delivery: `sending`; then, for each attempt, `attempted`, `answered` if a reply
 * came, and `retrying` or `wait-refused`; at the end `failed` and `unrecorded` if something went wrong. `unsendable` stands alone.
 */
export type SenderEvent =
  | SendingEvent
  | AttemptedEvent
  | AnsweredEvent
  | RetryingEvent
  | WaitRefusedEvent
  | FailedEvent
  | UnrecordedEvent
  | UnsendableEvent;

type EventType = SenderEvent['type'];

/**
 * Handlers, by the type of the event. The sender waits for the promise that a handler returns before it goes on with the
 * delivery. An event without a handler is never made.
 */
export type SenderSubscriber = {
  readonly [Type in EventType]?: (event: Extract<SenderEvent, { type: Type }>) => Promise<void> | undefined;
};

const eventTypes = Object.keys({
  sending: true,
  attempted: true,
  answered: true,
  retrying: true,
  'wait-refused': true,
  failed: true,
  unrecorded: true,
  unsendable: true,
} satisfies Record<EventType, true>) as EventType[];

type Handler = (event: SenderEvent) => Promise<void> | undefined;

/** Combines subscribers into one that calls them in order, each when the one before is done. */
export function combineSubscribers(subscribers: readonly SenderSubscriber[]): SenderSubscriber {
  const combined: Partial<Record<EventType, Handler>> = {};
  for (const type of eventTypes) {
    const handlers = subscribers.map(subscriber => subscriber[type] as Handler | undefined).filter(isHandler);
    const [only] = handlers;
    if (only) combined[type] = handlers.length === 1 ? only : inTurn(handlers);
  }
  return combined;
}

const isHandler = (handler: Handler | undefined): handler is Handler => handler !== undefined;

const inTurn =
  (handlers: readonly Handler[]): Handler =>
  async event => {
    for (const handle of handlers) await handle(event);
  };
