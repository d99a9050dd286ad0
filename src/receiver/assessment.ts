import { inspect, type Inspection } from '../event/inspect.js';
import { summarise, summariseBody, type EventSummary } from '../event/summary.js';
import { originForm } from '../http/target.js';
import type { Secret } from '../scheme/secret.js';
import type { Forwarder } from './forward.js';
import type { Answer, ReceivedRequest } from './received-request.js';
import type { Verification } from '../scheme/scheme.js';
import { defaultScheme } from '../scheme/schemes.js';

export interface ReceiverPolicy {
  /** Any of them is accepted; none at all means that signatures aren't looked at. */
  secrets: readonly Secret[] | undefined;
  /** The only one that is there; any, if it isn't given. */
  path?: string | undefined;
  /** Of the application behind: strangers' web pages mustn't reach it, and nothing may run in circles. */
  forwarder?: Pick<Forwarder, 'isLoop' | 'canTake'> | undefined;
}

/** What an honest receiver thinks of a request, and the status that it answers with. */
export interface Judgement {
  status: number;
  /** A verified event; where signatures aren't looked at, any event. */
  isAccepted: boolean;
  refusal?: Refusal;
  /** Absent where it wasn't looked at. */
  signature?: Verification;
  /** Absent where the signature is bad. */
  event?: Inspection;
  summary: EventSummary;
}

/** Why a request wasn't even verified. */
export type Refusal =
  | 'wrong-path'
  | 'wrong-method'
  | 'from-browser'
  | 'loop'
  | 'wrong-target'
  | 'not-saved'
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
};

/** 200 to a verified event of any type, 401 to a bad signature, 400 to a verified body that isn't an event. */
export function judge(request: ReceivedRequest, { secrets, path, forwarder }: ReceiverPolicy): Judgement {
  const refusal = refusalOf(request, path) ?? (forwarder && refusalBefore(forwarder, request));
  if (refusal) return { status: refusalStatus[refusal], isAccepted: false, refusal, summary: {} };
  const signature = secrets && defaultScheme.verify(request, secrets);
  // Judging a body costs far more than reading it: strangers get no more than the latter.
  if (signature?.valid === false)
    return { status: 401, isAccepted: false, signature, summary: summariseBody(request.body) };
  const event = inspect(request.body);
  const { isEvent, json } = event;
  const summary = summarise(json);
  return { status: isEvent ? 200 : 400, isAccepted: isEvent, event, summary, ...(signature && { signature }) };
}

/** The answer is the same for every request of its kind: it tells an attacker nothing. */
export const answerTo = ({ status }: Judgement): Answer => ({
  status,
  ...(status === 405 && { headers: { allow: 'POST' } }),
});

function refusalOf({ target, method, flaw }: ReceivedRequest, path: string | undefined): Refusal | undefined {
  if (path !== undefined && pathOf(target) !== path) return 'wrong-path';
  return method === 'POST' ? flaw : 'wrong-method';
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

/** What becomes of a judgement when its request couldn't be saved: the sender has to try again. */
export const withoutSaving = ({ summary }: Judgement): Judgement => ({
  status: refusalStatus['not-saved'],
  isAccepted: false,
  refusal: 'not-saved',
  summary,
});
