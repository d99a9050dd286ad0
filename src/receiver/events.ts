import type { Assessment } from './assessment.js';
import type { Forwarded } from './forward.js';
import type { ProtocolError, ReceivedRequest } from './received-request.js';
import type { Action } from './responses.js';

/** The events of a receiver, in the order they happen to a request. */
export type ReceiverEvent =
  ReceivedEvent | AssessedEvent | UnrecordedEvent | ForwardedEvent | AnsweredEvent | ProtocolErrorEvent;

/** A request has arrived, with as much of its body as will arrive. It hasn't been checked yet. */
interface ReceivedEvent {
  type: 'received';
  request: ReceivedRequest;
}

/** The signature and the body have been checked. The request hasn't been acted on yet. */
interface AssessedEvent {
  type: 'assessed';
  request: ReceivedRequest;
  assessment: Assessment;
}

/** The recorder failed. A request that isn't recorded is refused; a response that isn't recorded is still forwarded. */
export interface UnrecordedEvent {
  type: 'unrecorded';
  what: 'request' | 'reply';
  request: ReceivedRequest;
  /** The recorder's rejection. */
  error: unknown;
}

/** The application has responded to a forwarded request, or failed to. */
interface ForwardedEvent {
  type: 'forwarded';
  request: ReceivedRequest;
  assessment: Assessment;
  forwarded: Forwarded;
}

/** A request is finished. Emitted once for every request, with or without a response. */
export interface AnsweredEvent {
  type: 'answered';
  request: ReceivedRequest;
  assessment: Assessment;
  /** The response, or `drop` or `hang` if none was planned. After a bug, it differs from the plan. */
  action: Action;
  /** Whether the client left before its response was sent. */
  isGone: boolean;
  /** Since the request's headers were read. */
  milliseconds: number;
  /** Undefined if the request wasn't forwarded. */
  forwarded: Forwarded | undefined;
}

/** A client sent something other than a request. */
interface ProtocolErrorEvent {
  type: 'protocol-error';
  error: ProtocolError;
}

/** Called for a bug in the handling of one request. The others continue. */
export type OnBug = (error: unknown) => void;

/** Without a listener, bugs surface as uncaught exceptions. */
export const throwLater: OnBug = error => {
  queueMicrotask(() => {
    throw error;
  });
};

type EventType = ReceiverEvent['type'];

type Handler<Type extends EventType> = (event: Extract<ReceiverEvent, { type: Type }>) => void;

/**
 * Handles the types of events it has a function for. Handlers run synchronously, so they should return quickly: work
 * that takes time belongs in a queue. Responses don't depend on what they return or throw.
 */
export type ReceiverSubscriber = { readonly [Type in EventType]?: Handler<Type> | undefined };

/**
 * Combines several subscribers into one. It has no function for events that none of them handles, so these are never
 * made.
 */
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
        // A subscriber's bug must surface, but must not prevent a response.
        onBug(error);
      }
    }
  };
}
