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
 * `required`: a failure fails the run. `advised`: a failure fails a strict run. `info`: the answer is only reported. No
 * answer fails the run at every level.
 */
export type Level = 'required' | 'advised' | 'info';

/** A delivery and its answer, or why there was none. */
export interface Exchange {
  /** The id and the group of its case. */
  id: string;
  group: Group;
  delivery: Delivery;
  attempt: Attempt;
}

export type AnsweredExchange = Exchange & { attempt: Answered };

/** One thing that a receiver has to get right. Its texts are clauses without a full stop, and docs/conformance.md has them, too. */
interface CaseText {
  id: string;
  group: Group;
  /** Why it matters in practice. */
  why: string;
  sends: string;
  /** How to fix a receiver that fails it. */
  remedy: string;
  /** What it needs of the scheme, or of the bodies. Without it, the case doesn't apply. */
  features?: readonly Feature[] | undefined;
  /** Texts that differ where bodies aren't events of the catalogue. */
  elsewhere?: Partial<Record<'why' | 'sends' | 'remedy', string>> | undefined;
}

/** What a conformant receiver answers with. */
export interface Statuses {
  /** Statuses that it may answer with. */
  required?: StatusSet | undefined;
  /** Statuses that it should answer with. */
  advised?: StatusSet | undefined;
  /** The remedy when only the advice was missed, if it differs. */
  advice?: string | undefined;
}

/** A case that every answer to its deliveries has to pass. Any other status than these is a failure, and so is no answer. */
export interface DeliveryCase extends CaseText, Statuses {
  /** The statuses in schemes without the catalogue, where they differ. */
  others?: Statuses | undefined;
  /** Each is made when its turn comes, so that its timestamp is fresh. */
  deliveries: (kit: Kit) => Iterable<Delivery>;
  /** Whether the median time of the answers counts, too. */
  isTimed?: boolean | undefined;
  /** Whether a failure ends the run: every other case would fail for the same reason. */
  isDecisive?: boolean | undefined;
}

/** Something that an answer should not contain. */
export interface Leak {
  /** The id of the case that was answered. */
  id: string;
  what: 'secret' | 'signature' | 'stack-trace' | 'file-path' | 'reason';
  /** That part of the answer, where it may be shown. */
  excerpt?: string;
}

/** A case that all answers of the run have to pass. */
export interface ObservationCase extends CaseText {
  level: 'required' | 'advised';
  observe: (answers: readonly AnsweredExchange[], kit: Kit) => Leak | undefined;
}

/** What a case needs besides the receiver: a way to look at the application's state, or to end and start it as well. */
export const needs = ['probe', 'restart'] as const;

export type Need = (typeof needs)[number];

/** A case that compares the application's state before and after its deliveries. Answers are what the other groups check. */
export interface EffectCase extends CaseText {
  level: 'required' | 'advised';
  needs: Need;
  /** What the state has to do. `once`: change as it does by one delivery. `first`: change, which shows what that looks like. */
  state: 'first' | 'once' | 'stays';
  /** Sent, and awaited, before the state is looked at. */
  earlier?: (subject: Subject) => Iterable<Delivery>;
  /** Each is made when its turn comes. */
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

/** Sets of statuses, as text, and what to do when only the advised ones are missed. */
interface Answers {
  required?: string;
  advised?: string;
  advice?: string;
}

/** `others`: in schemes without the catalogue, where they differ. */
type AnswersByScheme = Answers & { others?: Answers };

type DeliveryCaseText = Omit<DeliveryCase, 'group' | 'required' | 'advised' | 'advice' | 'others'> & {
  answers?: AnswersByScheme;
};

/** Makes the cases of a group. `usual` are the answers that they expect, unless they say otherwise. */
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

/** The answers that a bad signature has to get. Vendors differ in the status that they ask for. */
export const refusal: AnswersByScheme = {
  required: '4xx',
  advised: '401',
  advice: 'the request was refused, as it must be, but Fin asks for status 401',
  others: { required: '4xx' },
};

/** Makes the deliveries of a case, each when its turn comes. */
export function* each<Value>(values: Iterable<Value>, make: (value: Value) => Delivery): Generator<Delivery> {
  for (const value of values) yield make(value);
}

/** The same, for deliveries that have nothing in common. */
export const inTurn = (...makers: readonly (() => Delivery)[]): Generator<Delivery> => each(makers, make => make());
