import type { Inspect, Inspection } from '../event/inspect.js';
import { summarise, summariser, type EventSummary } from '../event/summary.js';
import { originForm } from '../http/target.js';
import type { Scheme, Verification } from '../scheme/scheme.js';
import type { Secret } from '../scheme/secret.js';
import type { Forwarder } from './forward.js';
import type { ReceivedRequest } from './received-request.js';
import type { Answer } from './responses.js';

export interface ReceiverPolicy {
  /** How requests are signed. */
  scheme: Scheme;
  /** Accepts a signature by any of them. Undefined if signatures aren't checked. */
  secrets: readonly Secret[] | undefined;
  /** Default: for events of the catalogue. */
  summarise?: ReturnType<typeof summariser> | undefined;
  /** Checks the body of a verified request. Undefined if any body is accepted. */
  inspect?: Inspect | undefined;
  /** The only path that exists; default: any path. */
  path?: string | undefined;
  /** Protects the application from strangers' web pages and from requests that loop. */
  forwarder?: Pick<Forwarder, 'isLoop' | 'canTake'> | undefined;
}

/** A receiver's verdict on a request, and the status of its response. */
export interface Assessment {
  status: number;
  /** Whether it is a verified event; unchecked signatures or bodies count as valid. */
  isAccepted: boolean;
  refusal?: Refusal;
  /** Absent if the signature wasn't checked. */
  signature?: Verification;
  /** Absent if the body wasn't inspected, as after a bad signature. */
  event?: Inspection;
  summary: EventSummary;
}

/**
 * Why a request was refused other than for its signature or body: before the check, by a failed recording, or by a bug.
 */
export type Refusal =
  | 'wrong-path'
  | 'wrong-method'
  | 'from-browser'
  | 'loop'
  | 'wrong-target'
  | 'not-saved'
  | 'internal-error'
  | NonNullable<ReceivedRequest['flaw']>;

const refusalStatus: Record<Refusal, number> = {
  'wrong-path': 404,
  'wrong-method': 405,
  'from-browser': 403,
  loop: 508,
  'wrong-target': 400,
  'body-incomplete': 400,
  'body-too-large': 413,
  'too-many-bodies': 503,
  'not-saved': 503,
  'internal-error': 500,
};

/** 200 for a verified event of any type, 401 for a bad signature, 400 for a verified body that isn't an event. */
export function assess(request: ReceivedRequest, policy: ReceiverPolicy): Assessment {
  const { scheme, secrets, inspect, summarise: summariseRequest = summariseEvent } = policy;
  const refusal = refusalOf(request, policy);
  if (refusal) return { status: refusalStatus[refusal], isAccepted: false, refusal, summary: {} };
  const signature = secrets && scheme.verify(request, secrets, request.receivedAt);
  // Inspecting a body costs far more than reading it, so only verified requests are inspected.
  if (signature?.valid === false)
    return { status: 401, isAccepted: false, signature, summary: summariseRequest(request) };
  const verified = signature && { signature };
  if (!inspect) return { status: 200, isAccepted: true, summary: summariseRequest(request), ...verified };
  const event = inspect(request.body);
  const { isEvent, json } = event;
  return { status: isEvent ? 200 : 400, isAccepted: isEvent, event, summary: summarise(json), ...verified };
}

const summariseEvent = summariser();

/** Returns the same response for all requests with the same status, so that attackers learn nothing. */
export const answerTo = ({ status }: Assessment): Answer => ({
  status,
  ...(status === 405 && { headers: { allow: 'POST' } }),
});

/** The assessment of a request that couldn't be recorded: refused, so that its sender retries. */
export const notRecorded = ({ summary }: Assessment): Assessment => ({
  status: refusalStatus['not-saved'],
  isAccepted: false,
  refusal: 'not-saved',
  summary,
});

/** The assessment of a request whose handling failed because of a bug. */
export const notHandled: Assessment = {
  status: refusalStatus['internal-error'],
  isAccepted: false,
  refusal: 'internal-error',
  summary: {},
};

type Guards = Pick<ReceiverPolicy, 'path' | 'forwarder'>;

function refusalOf(request: ReceivedRequest, { path, forwarder }: Guards): Refusal | undefined {
  const { target, method, flaw } = request;
  if (path !== undefined && pathOf(target) !== path) return 'wrong-path';
  if (method !== 'POST') return 'wrong-method';
  return flaw ?? (forwarder && refusalBefore(forwarder, request));
}

function refusalBefore(
  forwarder: NonNullable<ReceiverPolicy['forwarder']>,
  request: ReceivedRequest,
): Refusal | undefined {
  if (request.headers.some(([name]) => /^(?:origin|sec-fetch-.*)$/i.test(name))) return 'from-browser';
  if (forwarder.isLoop(request)) return 'loop';
  return forwarder.canTake(request) ? undefined : 'wrong-target';
}

const pathOf = (target: string): string | undefined => originForm(target).split(/[?#]/)[0];
