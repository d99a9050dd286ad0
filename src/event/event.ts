import type * as z from 'zod/mini';

/** One of Fin's events: facts that cost nothing to load, and two parts that are loaded when needed. */
export interface EventDefinition extends EventFacts {
  schema: () => Promise<MakeSchema>;
  generator: () => Promise<Generator>;
}

export interface EventFacts {
  /** The event's `event.type`. */
  name: string;
  /** What happened, as a clause. */
  summary: string;
  status: StatusFacts;
  /** The path of the id that `event.event_reference_id` repeats. */
  reference: readonly string[];
  /** The event is about a customer, and has `data.customer_id`. */
  hasCustomer: boolean;
  /** The event has `data.type`, which is INDIVIDUAL or BUSINESS. */
  hasType: boolean;
  /** Plausible courses of statuses, one of which is chosen at random. Fin publishes no transitions. */
  walks?: (type: CustomerType) => readonly Walk[];
}

/** The path of the status, empty if the event has none, and its documented values. The set is open. */
export interface StatusFacts {
  path: readonly string[];
  documented: readonly Status[];
  names: readonly string[];
}

/** A documented status. */
export interface Status {
  name: string;
  /** Undefined if Fin documents only the name. */
  meaning?: string;
}

export type Walk = readonly Step[];

/** One of these runs of statuses comes next; an empty run adds nothing. A more likely run is listed more than once. */
type Step = readonly (readonly string[])[];

export const statusAt = (path: readonly string[], documented: readonly (Status | string)[]): StatusFacts => {
  const statuses = documented.map(status => (typeof status === 'string' ? { name: status } : status));
  return { path, documented: statuses, names: statuses.map(({ name }) => name) };
};

export const noStatus: StatusFacts = { path: [], documented: [], names: [] };

export const customerTypes = ['INDIVIDUAL', 'BUSINESS'] as const;

export type CustomerType = (typeof customerTypes)[number];

/** Makes an event's schema. It has no refinements, since JSON Schema has to be able to express it. */
type MakeSchema = (facts: EventFacts) => z.ZodMiniObject;

/** Makes events about one fictional thing. */
export interface Generator {
  subject: (traits: Traits) => DataOf;
  /** The keys of `event` besides the ids and the type, if they differ from most events. */
  envelope?: (time: Date) => Record<string, unknown>;
}

/** What the events of one course have in common. */
export interface Traits {
  type: CustomerType;
  /** Default: made up. */
  customerId?: string | undefined;
  /** When the first event was created. */
  now: Date;
}

/** Returns the `data` of the event that reports `status`, created at `time`. Draws no random values. */
export type DataOf = (status: string, time: Date) => Record<string, unknown>;
