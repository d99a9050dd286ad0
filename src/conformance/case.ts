import type { Answered, Attempt } from '../sender/http-client.js';
import { statusSet, type StatusSet } from '../http/status-set.js';
import type { Delivery } from './delivery.js';
import type { Subject } from './effects/subject.js';
import type { Feature } from './features.js';
import type { Kit } from './kit.js';

export type { Delivery } from './delivery.js';

export const groups = ['accepts', 'refuses', 'survives', 'leaks', 'effects'] as const;

export type Group = (typeof groups)[number];

/**
 * `required`: a failure fails the run. `advised`: a failure fails a strict run. `info`: the response is only reported.
 * At every level, a missing response fails the run.
 */
export type Level = 'required' | 'advised' | 'info';

/** A delivery and its response, or why there was none. */
export interface Exchange {
  /** The id and the group of its case. */
  id: string;
  group: Group;
  delivery: Delivery;
  attempt: Attempt;
}

export type AnsweredExchange = Exchange & { attempt: Answered };

/**
 * One thing a receiver has to get right. Its texts are clauses without a full stop; docs/conformance.md shows them,
 * too.
 */
interface CaseText {
  id: string;
  group: Group;
  /** Why it matters in practice. */
  why: string;
  sends: string;
  /** How to fix a failing receiver. */
  remedy: string;
  /** Features it needs from the scheme or the bodies. Without them, the case doesn't apply. */
  features?: readonly Feature[] | undefined;
  /** Texts for bodies other than events of the catalogue. */
  elsewhere?: Partial<Record<'why' | 'sends' | 'remedy', string>> | undefined;
}

/** The responses of a conformant receiver. */
export interface Statuses {
  /** Allowed statuses. */
  required?: StatusSet | undefined;
  /** Advised statuses. */
  advised?: StatusSet | undefined;
  /** The remedy if only the advice wasn't followed, if it differs. */
  advice?: string | undefined;
}

/** A case that checks every response. Any other status fails, and so does a missing response. */
export interface DeliveryCase extends CaseText, Statuses {
  /** The statuses for schemes without the catalogue, if they differ. */
  others?: Statuses | undefined;
  /** Each is made when needed, so that its timestamp is fresh. */
  deliveries: (kit: Kit) => Iterable<Delivery>;
  /** Whether the median time of the responses is checked, too. */
  isTimed?: boolean | undefined;
  /** Whether a failure ends the run: every other case would fail for the same reason. */
  isDecisive?: boolean | undefined;
}

/** Something a response should not contain. */
export interface Leak {
  /** The id of the case that got the response. */
  id: string;
  what: 'secret' | 'signature' | 'stack-trace' | 'file-path' | 'reason';
  /** That part of the response, if showing it is allowed. */
  excerpt?: string;
}

/** A case that all responses of the run have to pass. */
export interface ObservationCase extends CaseText {
  level: 'required' | 'advised';
  observe: (answers: readonly AnsweredExchange[], kit: Kit) => Leak | undefined;
}

/** What a case needs besides the receiver: a probe of the application's state, or a way to restart it, too. */
export const needs = ['probe', 'restart'] as const;

export type Need = (typeof needs)[number];

/** A case that compares the application's state before and after its deliveries. The other groups check responses. */
export interface EffectCase extends CaseText {
  level: 'required' | 'advised';
  needs: Need;
  /**
   * The expected change. `once`: the same change that one delivery makes. `first`: any change, which becomes the
   * reference.
   */
  state: 'first' | 'once' | 'stays';
  /** Sent and awaited before the state is read. */
  earlier?: (subject: Subject) => Iterable<Delivery>;
  /** Each is made when needed. */
  steps: (subject: Subject) => Iterable<Delivery | 'restart'>;
}

export type Case = DeliveryCase | ObservationCase | EffectCase;

export const isObservation = (one: Case): one is ObservationCase => 'observe' in one;

export const isEffect = (one: Case): one is EffectCase => 'needs' in one;

export const isDelivery = (one: Case): one is DeliveryCase => 'deliveries' in one;

export function levelOf(one: Case): Level {
  if (!isDelivery(one)) return one.level;
  if (one.required) return 'required';
  return one.advised ? 'advised' : 'info';
}

/** Sets of statuses, as text, and the remedy if only the advice wasn't followed. */
interface Answers {
  required?: string;
  advised?: string;
  advice?: string;
}

/** `others`: for schemes without the catalogue, if they differ. */
type AnswersByScheme = Answers & { others?: Answers };

type DeliveryCaseText = Omit<DeliveryCase, 'group' | 'required' | 'advised' | 'advice' | 'others'> & {
  answers?: AnswersByScheme;
};

/** Makes the cases of a group. `usual`: the expected responses, unless a case says otherwise. */
export const deliveryCases = (
  group: Group,
  usual: AnswersByScheme,
  cases: readonly DeliveryCaseText[],
): DeliveryCase[] =>
  cases.map(({ answers: { others, ...answers } = usual, ...one }) => ({
    ...one,
    group,
    ...statuses(answers),
    others: others && statuses(others),
  }));

const statuses = ({ required, advised, advice }: Answers): Statuses => ({
  advice,
  required: required === undefined ? undefined : statusSet(required),
  advised: advised === undefined ? undefined : statusSet(advised),
});

/** The required responses to a bad signature. Vendors ask for different statuses. */
export const refusal: AnswersByScheme = {
  required: '4xx',
  advised: '401',
  advice: 'the request was correctly refused, but Fin asks for status 401',
  others: { required: '4xx' },
};

/** Makes the deliveries of a case, each when needed. */
export function* each<Value>(values: Iterable<Value>, make: (value: Value) => Delivery): Generator<Delivery> {
  for (const value of values) yield make(value);
}

/** The same, for unrelated deliveries. */
export const inTurn = (...makers: readonly (() => Delivery)[]): Generator<Delivery> => each(makers, make => make());
