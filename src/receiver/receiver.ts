import type { Inspect } from '../event/inspect.js';
import type { Clock } from '../ports.js';
import { answerTo, assess, notHandled, notRecorded, type Assessment, type ReceiverPolicy } from './assessment.js';
import { mergeSubscribers, throwLater, type OnBug, type ReceiverSubscriber, type UnrecordedEvent } from './events.js';
import type { Forwarded, Forwarder } from './forward.js';
import type { Limits } from './limits.js';
import type { ReceivedRequest } from './received-request.js';
import type { AnsweredBy } from '../recording/captured-request.js';
import type { Recorder } from './recorder.js';
import { followPlan, type Action, type Decide, type ResponsePlan } from './responses.js';
import { startServer, type PlannedResponse, type Respond } from './server.js';

export interface ReceiverOptions extends ReceiverPolicy {
  host: string;
  /** 0 picks a free port. */
  port: number;
  clock: Pick<Clock, 'now'>;
  limits?: Partial<Limits> | undefined;
  /** How to respond to accepted requests that aren't forwarded. Default: with the assessment's status. */
  responses?: ResponsePlan | Decide | undefined;
  /** Milliseconds to wait before the response to an accepted request. */
  responseDelay?: number | undefined;
  /** Loads the function for `inspect` at the first request, which waits for it, so that the start doesn't. */
  loadInspect?: (() => Promise<Inspect>) | undefined;
  /** Records each request before it forwards it and responds. The caller closes it. */
  recorder?: Recorder | undefined;
  /** Forwards verified requests to an application, whose response becomes the receiver's. The caller closes it. */
  forwarder?: Forwarder | undefined;
  /** Whether to forward requests with a bad signature, too. */
  forwardUnverified?: boolean | undefined;
  /** Each event goes to them in this order. */
  subscribers?: readonly ReceiverSubscriber[] | undefined;
  /** Called for each bug in the handling of a request, which gets a 500. Default: the bug is thrown, uncaught. */
  onBug?: OnBug | undefined;
}

export interface Receiver {
  /** Without a trailing slash. */
  url: string;
  /** Whether it listens on all addresses of this machine; the URL has one of them. */
  isEverywhere: boolean;
  /**
   * Takes no more requests, and resolves when those in flight have their responses or the grace period of its limits
   * has passed.
   */
  close: () => Promise<void>;
}

/**
 * Starts a receiver of webhooks: an HTTP server that assesses, records and forwards each request and responds to it, in
 * this order. Throws ListenError if it can't listen on its address.
 */
export function createReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { host, port, clock, limits, subscribers = [], onBug = throwLater } = options;
  const events = mergeSubscribers(subscribers, onBug);
  return startServer({
    host,
    port,
    clock,
    limits,
    respond: createRespond(options, { events, onBug }),
    onBug,
    onProtocolError: error => events['protocol-error']?.({ type: 'protocol-error', error }),
  });
}

function createRespond(
  options: ReceiverOptions,
  { events, onBug }: { events: ReceiverSubscriber; onBug: OnBug },
): Respond {
  const { recorder, forwarder } = options;
  const { plan, planDecided } = createPlanner(options, events);
  const unrecorded = reportUnrecorded(events);

  /** Resolves to the id of the request's record, or to undefined if recording failed. */
  const record = (recorder: Recorder, request: ReceivedRequest, assessment: Assessment) =>
    recorder.recordRequest(request, assessment, answererOf(assessment, options)).catch(unrecorded('request', request));

  const forward = async (forwarder: Forwarder, { request, assessment, ending }: InHand, id: string | undefined) => {
    const forwarded = await forwarder.forward(request, ending);
    events.forwarded?.({ type: 'forwarded', request, assessment, forwarded });
    const { outcome } = forwarded;
    if (recorder && id !== undefined && 'reply' in outcome)
      await recorder.recordReply(request, id, outcome).catch(unrecorded('reply', request));
    return forwarded;
  };

  const recordAndForward = async ({ request, assessment: assessed, ending }: InHand) => {
    const id = recorder && (await record(recorder, request, assessed));
    const assessment = recorder && id === undefined ? notRecorded(assessed) : assessed;
    const inHand = { request, assessment, ending };
    if (!forwarder || !isForwarded(assessment, options)) return planDecided(inHand);
    return planDecided(inHand, await forward(forwarder, inHand, id));
  };

  /** Handles a bug: the request is refused, and the others continue. */
  const refuse = (request: ReceivedRequest, error: unknown): PlannedResponse => {
    onBug(error);
    return plan(request, notHandled);
  };

  const respond = (policy: ReceiverPolicy, request: ReceivedRequest, ending: AbortSignal) => {
    try {
      const assessment = assess(request, policy);
      events.assessed?.({ type: 'assessed', request, assessment });
      const inHand = { request, assessment, ending };
      const planned = recorder || forwarder ? recordAndForward(inHand) : planDecided(inHand);
      return planned instanceof Promise ? planned.catch((error: unknown) => refuse(request, error)) : planned;
    } catch (error) {
      return refuse(request, error);
    }
  };

  const findPolicy = policyOf(options);
  return (request, ending) => {
    events.received?.({ type: 'received', request });
    const policy = findPolicy();
    if (!(policy instanceof Promise)) return respond(policy, request, ending);
    return policy.then(
      found => respond(found, request, ending),
      (error: unknown) => refuse(request, error),
    );
  };
}

/** Returns the policy, or a promise of it while part of it is loading. */
function policyOf(options: ReceiverOptions): () => ReceiverPolicy | Promise<ReceiverPolicy> {
  const { loadInspect } = options;
  if (!loadInspect) return () => options;
  let policy: ReceiverPolicy | Promise<ReceiverPolicy> | undefined;
  return () => (policy ??= loadInspect().then(inspect => (policy = { ...options, inspect })));
}

/** A request in progress. */
interface InHand {
  request: ReceivedRequest;
  assessment: Assessment;
  /** Aborted when there is only time for a last response. */
  ending: AbortSignal;
}

/** Plans the responses. */
interface Planner {
  plan: (request: ReceivedRequest, assessment: Assessment, decided?: Decided) => PlannedResponse;
  /** Decides how to respond to an accepted request without a response from the application. */
  planDecided: (inHand: InHand, forwarded?: Forwarded) => PlannedResponse | Promise<PlannedResponse>;
}

interface Decided {
  action?: Action | undefined;
  forwarded?: Forwarded | undefined;
}

function createPlanner(
  { responses = [], responseDelay = 0 }: Pick<ReceiverOptions, 'responses' | 'responseDelay'>,
  events: ReceiverSubscriber,
): Planner {
  const decide: Decide = typeof responses === 'function' ? responses : followPlan(responses);

  const plan: Planner['plan'] = (request, assessment, { action = answerTo(assessment), forwarded } = {}) => {
    const { isAccepted } = assessment;
    return {
      action,
      delay: isAccepted ? responseDelay : 0,
      settled: ({ action: done, ...settlement }) => {
        const assessed = done === action ? assessment : { ...notHandled, summary: assessment.summary };
        events.answered?.({ type: 'answered', request, assessment: assessed, action: done, forwarded, ...settlement });
      },
    };
  };

  const planDecided: Planner['planDecided'] = ({ request, assessment, ending }, forwarded) => {
    const action = forwarded?.answer ?? (assessment.isAccepted ? decide(request, ending) : undefined);
    return action instanceof Promise
      ? action.then(decided => plan(request, assessment, { action: decided, forwarded }))
      : plan(request, assessment, { action, forwarded });
  };

  return { plan, planDecided };
}

/** Who will respond: a request is recorded before it gets its response. */
function answererOf(assessment: Assessment, options: ReceiverOptions): AnsweredBy {
  if (options.forwarder && isForwarded(assessment, options)) return 'application';
  const { responses = [] } = options;
  const isPlanned = typeof responses === 'function' || responses.length > 0;
  return assessment.isAccepted && isPlanned ? 'plan' : 'receiver';
}

/** Handles the failure of a recorder's step: reports it, and continues without a result. */
const reportUnrecorded =
  (events: ReceiverSubscriber) =>
  (what: UnrecordedEvent['what'], request: ReceivedRequest) =>
  (error: unknown): undefined => {
    events.unrecorded?.({ type: 'unrecorded', what, request, error });
  };

/** Refused requests never reach the application, and unverified ones only on demand. */
const isForwarded = ({ refusal, signature }: Assessment, { forwardUnverified = false }: ReceiverOptions): boolean =>
  refusal === undefined && (signature === undefined || signature.valid || forwardUnverified);
