import type { Assessment } from './assessment.js';
import type { Forwarded } from './forward.js';
import type { ProtocolError, ReceivedRequest } from './received-request.js';
import type { Action } from './responses.js';

/** What happens in a receiver, in the order in which it happens to a request. */
export type ReceiverEvent =
  ReceivedEvent | AssessedEvent | UnrecordedEvent | ForwardedEvent | AnsweredEvent | ProtocolErrorEvent;

/** A request has arrived, with as much of its body as will come. Nothing has looked at it yet. */
interface ReceivedEvent {
  type: 'received';
  request: ReceivedRequest;
}

/** The signature and the body have been checked. Nothing has been done about the request yet. */
interface AssessedEvent {
  type: 'assessed';
  request: ReceivedRequest;
  assessment: Assessment;
}

/** The recorder failed. A request that isn't recorded is refused; a reply that isn't recorded is passed on all the same. */
export interface UnrecordedEvent {
  type: 'unrecorded';
  what: 'request' | 'reply';
  request: ReceivedRequest;
  /** What the recorder rejected with. */
  error: unknown;
}

/** The application has answered a forwarded request, or failed to. */
interface ForwardedEvent {
  type: 'forwarded';
  request: ReceivedRequest;
  assessment: Assessment;
  forwarded: Forwarded;
}

/** A request is done with. It comes once for every request, whether or not there was an answer. */
export interface AnsweredEvent {
  type: 'answered';
  request: ReceivedRequest;
  assessment: Assessment;
  /** The answer, or `drop` or `hang` where the plan had none. After a bug, it isn't the planned one. */
  action: Action;
  /** Whether the client left before its answer was on its way. */
  isGone: boolean;
  /** Since the request's headers were read. */
  milliseconds: number;
  /** Undefined if the request wasn't forwarded. */
  forwarded: Forwarded | undefined;
}

/** A client sent something that isn't a request. */
interface ProtocolErrorEvent {
  type: 'protocol-error';
  error: ProtocolError;
}

/** Hears of a bug in the handling of one request. The others go on. */
export type OnBug = (error: unknown) => void;

/** Where nobody listens for bugs, they surface as uncaught exceptions. */
export const throwLater: OnBug = error => {
  queueMicrotask(() => {
    throw error;
  });
};

type EventType = ReceiverEvent['type'];

type Handler<Type extends EventType> = (event: Extract<ReceiverEvent, { type: Type }>) => void;

/**
 * Handles the types of events that it has a function for. Handlers run at once, so they should return quickly: whatever
 * takes time belongs in a queue. No answer depends on what they return or throw.
 */
export type ReceiverSubscriber = { readonly [Type in EventType]?: Handler<Type> | undefined };

/** Makes one subscriber of several. It has no function for events that none of them handles, so these needn't be made. */
export const mergeSubscribers = (subscribers: readonly ReceiverSubscriber[], onBug: OnBug): ReceiverSubscriber => ({
  received: merge('received', subscribers, onBug),
  assessed: merge('assessed', subscribers, onBug),
  unrecorded: merge('unrecorded', subscribers, onBug),
  forwarded: merge('forwarded', subscribers, onBug),
  answered: merge('answered', subscribers, onBug),
  'protocol-error': merge('protocol-error', subscribers, onBug),
});

function merge<Type extends EventType>(
  type: Type,
  subscribers: readonly ReceiverSubscriber[],
  onBug: OnBug,
): Handler<Type> | undefined {
  const interested = subscribers.filter(subscriber => subscriber[type] !== undefined);
  if (interested.length === 0) return undefined;
  return event => {
    for (const subscriber of interested) {
      try {
        subscriber[type]?.(event);
      } catch (error) {
        // A subscriber's bug must surface, but it must not keep a request from being answered.
        onBug(error);
      }
    }
  };
}
