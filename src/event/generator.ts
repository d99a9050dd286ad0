import type { CustomerType } from './customer-status/statuses.js';

/** What is asked of the events of one course. */
export interface Traits {
  type: CustomerType;
  /** Made up where it isn't given. */
  customerId?: string | undefined;
  /** When the first event was created. */
  now: Date;
}

/** The `data` of the event that tells a status, created at `time`. Takes no more chance. */
export type DataOf = (status: string, time: Date) => Record<string, unknown>;

/** Makes events about one made-up thing. */
export interface Generator {
  /** Makes it up. */
  subject: (traits: Traits) => DataOf;
  /** What stands in `event` besides the ids and the type, where it's not as usual. */
  envelope?: (time: Date) => Record<string, unknown>;
}
