import { faker } from '@faker-js/faker/locale/en';
import { batchItem } from './batch-transaction-item-status/generate.js';
import { beneficiary } from './beneficiary-status/generate.js';
import { catalogue, type EventName } from './catalogue.js';
import { request } from './customer-rfi/generate.js';
import { customer } from './customer-status/generate.js';
import type { Generator, Traits } from './generator.js';
import { microseconds, seconds, timeOf } from './timestamp.js';
import { transaction } from './transaction-status/generate.js';
import { transitPayment } from './transit-payment-status/generate.js';
import { valueAt } from '../json/value-at.js';
import { virtualAccount, virtualAccountV2 } from './virtual-account/generate.js';
import { walkingEvents, walkOf } from './walk.js';

/** The events of one course: they are about the same customer, transaction or the like. */
export interface Course extends Traits {
  event: EventName;
  /** In the order of the events; one event each. An event without a status has an empty one. */
  statuses: readonly string[];
}

export interface Recipe extends Course {
  /** The same seed and time make the same bytes. */
  seed: number;
}

export interface EventMaker {
  /** One body for each status, as compact JSON in UTF-8. Each comes a second after the one before. */
  events: (course: Course) => Uint8Array[];
  /** Of these a course is known. */
  walkingEvents: readonly string[];
  /** Statuses for a course, by chance; undefined where no course is known. */
  walk: (traits: Pick<Course, 'event' | 'type'>) => string[] | undefined;
}

/**
 * Makes one course after the other; the same seed makes the same ones. All share one source of chance, for to seed it
 * takes as long as to make an event: so only the latest maker may be used.
 */
export function createEventMaker(seed: number): EventMaker {
  faker.seed(seed);
  return { events: eventsOf, walk: walkOf, walkingEvents };
}

export const generateEvents = ({ seed, ...course }: Recipe): Uint8Array[] => createEventMaker(seed).events(course);

const generators: Readonly<Record<EventName, Generator>> = {
  'customer.status': { subject: customer },
  'customer.rfi': { subject: request },
  'beneficiary.status': { subject: beneficiary },
  'transaction.status': { subject: transaction },
  'batch.transaction.item.status': { subject: batchItem },
  'virtual_account.created': { subject: virtualAccount },
  'virtual_account.created.v2': { subject: virtualAccountV2 },
  'virtual_account.status.v2': { subject: virtualAccountV2 },
  // The only one without sandbox_mode, and without a fraction in its time.
  'transit.payment.status': { subject: transitPayment, envelope: time => ({ created_at: seconds(time) }) },
};

function eventsOf({ event: type, statuses, ...traits }: Course): Uint8Array[] {
  const { subject, envelope = usualEnvelope } = generators[type];
  const dataOf = subject(traits);
  const ids = statuses.map(() => faker.string.uuid());
  return statuses.map((status, index) => {
    const time = timeOf(traits.now, index);
    const data = inOrder(dataOf(status, time));
    const event = {
      id: ids[index],
      event_reference_id: valueAt({ data }, catalogue[type].reference),
      type,
      ...envelope(time),
    };
    return Buffer.from(JSON.stringify({ event, data }));
  });
}

const usualEnvelope = (time: Date) => ({ created_at: microseconds(time), sandbox_mode: true });

/** Most of Fin's examples have the keys of `data` in alphabetical order. */
const inOrder = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).sort(([left], [right]) => (left < right ? -1 : 1)));
