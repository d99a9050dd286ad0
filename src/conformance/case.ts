import type { Answered, Attempt } from '../sender/http-client.js';
import { statusSet, type StatusSet } from '../http/status-set.js';
import type { Transfer } from '../sender/transfer.js';
import type { Header } from '../http/header.js';
import type { Kit } from './kit.js';

export const groups = ['accepts', 'refuses', 'survives', 'leaks'] as const;

export type Group = (typeof groups)[number];

/** `required`: a failure fails the run; `advised`: only a strict one; `info`: it is told, and nothing more. */
export type Level = 'required' | 'advised' | 'info';

/** One request of a case. The target and the user's own headers are added when it goes out. */
export interface Delivery {
  /** What sets it apart from the other deliveries of its case. */
  label?: string | undefined;
  method: string;
  headers: readonly Header[];
  body: Uint8Array;
  transfer?: Transfer | undefined;
  /** How many go out at once; 1 if it isn't given. */
  copies?: number | undefined;
}

/** A delivery and what came back. */
export interface Exchange {
  /** Of the case that it was made for. */
  id: string;
  group: Group;
  delivery: Delivery;
  attempt: Attempt;
}

export type AnsweredExchange = Exchange & { attempt: Answered };

/** One thing that a receiver has to get right. The texts are clauses without a full stop; the page on the suite has them, too. */
interface CaseText {
  id: string;
  group: Group;
  /** What goes wrong in practice if it fails. */
  why: string;
  sends: string;
  /** How to mend a receiver that fails it. */
  remedy: string;
}

/** Judged by the answers to its deliveries, each of them: any other status than these is a failure, and so is no answer. */
export interface DeliveryCase extends CaseText {
  /** Statuses that a conformant receiver may answer with. */
  required?: StatusSet | undefined;
  /** Those that a good one does. */
  advised?: StatusSet | undefined;
  /** The remedy where only the advice was missed, if it is another. */
  advice?: string | undefined;
  deliveries: (kit: Kit) => readonly Delivery[];
  /** Judges the median time of the answers, too. */
  isTimed?: boolean | undefined;
  /** A receiver that fails it is told so, and no other case is run: each would fail for the same reason. */
  isDecisive?: boolean | undefined;
}

/** Something that an answer says and shouldn't. */
export interface Leak {
  /** The case whose answer it was. */
  id: string;
  what: 'secret' | 'signature' | 'stack-trace' | 'file-path' | 'reason';
  /** The part of the answer, where it may be shown. */
  excerpt?: string;
}

/** Judged by all answers of the run. */
export interface ObservationCase extends CaseText {
  level: 'required' | 'advised';
  observe: (answers: readonly AnsweredExchange[], kit: Kit) => Leak | undefined;
}

export type Case = DeliveryCase | ObservationCase;

export const isObservation = (one: Case): one is ObservationCase => 'observe' in one;

export function levelOf(one: Case): Level {
  if (isObservation(one)) return one.level;
  if (one.required) return 'required';
  return one.advised ? 'advised' : 'info';
}

/** Sets of statuses, as they are written, and what to do where only the advised ones are missed. */
interface Answers {
  required?: string;
  advised?: string;
  advice?: string;
}

type DeliveryCaseText = Omit<DeliveryCase, 'group' | 'required' | 'advised' | 'advice'> & { answers?: Answers };

/** The cases of a group. `usual` is what they have to be answered with, unless they say otherwise. */
export const deliveryCases = (group: Group, usual: Answers, cases: readonly DeliveryCaseText[]): DeliveryCase[] =>
  cases.map(({ answers: { required, advised, advice } = usual, ...one }) => ({
    ...one,
    group,
    advice,
    required: required === undefined ? undefined : statusSet(required),
    advised: advised === undefined ? undefined : statusSet(advised),
  }));

/** What a bad signature has to be answered with. */
export const refusal: Answers = {
  required: '4xx',
  advised: '401',
  advice: 'it is refused, as it must be; answer 401, which is what Fin asks for',
};
