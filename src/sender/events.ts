import type { CommandError, LocalError } from '../errors.js';
import type { Answered, Attempt } from './attempt.js';
import type { Unmet } from './expectation.js';
import type { Failure } from './failure.js';
import type { DeliveryPlan } from './request.js';

/** One delivery of a batch. All events about it refer to the same object. */
export interface PlannedDelivery {
  /** 1 for the first of the batch. */
  seq: number;
  /** Its source, in the words of the batch. */
  source: string;
  plan: DeliveryPlan;
}

/** A delivery is about to be sent for the first time. */
interface SendingEvent {
  type: 'sending';
  delivery: PlannedDelivery;
}

/** A request was sent and its outcome is known. Meant for a meter: emitted before the outcome is handled. */
interface AttemptedEvent {
  type: 'attempted';
  outcome: Attempt;
  /** Until the outcome. The first attempt of a delivery with a due time counts from then. */
  milliseconds: number;
  /** The part of `milliseconds` before the request was sent. */
  lateness: number;
}

/** A complete response came. */
export interface AnsweredEvent {
  type: 'answered';
  delivery: PlannedDelivery;
  answer: Answered;
  /** The unmet expectations. */
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
  /** The outcome to retry. */
  because: Attempt;
  /** The number of the next attempt, of at most `attempts`. */
  attempt: number;
  attempts: number;
  /** Milliseconds. */
  wait: number;
}

/** There is no retry, because the receiver asks for a longer wait than the policy allows. */
interface WaitRefusedEvent {
  type: 'wait-refused';
  delivery: PlannedDelivery;
}

/** The last attempt got no complete response. */
interface FailedEvent {
  type: 'failed';
  delivery: PlannedDelivery;
  failure: Failure;
  /** Until it failed. */
  milliseconds: number;
  url: URL;
  /** The attempt's time limit in milliseconds. */
  timeout: number;
}

/** An attempt couldn't be recorded, and so isn't retried. */
interface UnrecordedEvent {
  type: 'unrecorded';
  /** Undefined if closing the recording revealed the loss: some file systems report it only then. */
  delivery: PlannedDelivery | undefined;
  error: LocalError;
}

/** A request couldn't be made, so nothing was sent. */
interface UnsendableEvent {
  type: 'unsendable';
  seq: number;
  source: string;
  error: CommandError;
}

/**
 * The events of a sender. For one delivery: `sending`; then, for each attempt, `attempted`, `answered` if a response
 * came, and `retrying` or `wait-refused`; at the end `failed` and `unrecorded` if something went wrong. `unsendable` comes alone.
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
 * Handlers, by the type of the event. The sender awaits a handler's promise before it continues the
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
