import { uuidOf } from '../../event/reshape.js';
import { microseconds, timeOf } from '../../event/timestamp.js';
import type { Kit, Stamp } from '../kit.js';

/**
 * The customer of one case, whom the receiver has never heard of, and the event that the case is about. Where bodies aren't events
 * of the catalogue, there is no customer, and the id of the event takes its place.
 */
export interface Subject {
  kit: Kit;
  customer: string;
  event: string;
  /** Each text of this customer that differs from those of other customers, with what takes its place in comparisons. */
  masks: readonly (readonly [text: string, mask: string])[];
  /** Returns an event about the customer: always the same one, except where the case asks for an older one. */
  body: (shape?: SubjectEvent) => Uint8Array;
  /** Returns what its deliveries are signed with: always the same id. */
  stamp: () => Stamp;
}

interface SubjectEvent {
  status?: string;
  /** Whether it is another event, which was created an hour before. */
  isOlder?: boolean;
}

/** Seconds before now at which the events of all subjects were created: one time, so that their traces are the same. */
const age = 300;

/** `number` distinguishes the subjects of a run. */
export function createSubject(kit: Kit, number: number): Subject {
  return kit.traits.body === 'event' ? customerSubject(kit, number) : plainSubject(kit);
}

function plainSubject(kit: Kit): Subject {
  const { id } = kit.stamp();
  return {
    kit,
    customer: id,
    event: id,
    masks: [[id, '{event}']],
    body: () => kit.body({}, id),
    stamp: () => ({ ...kit.stamp(), id }),
  };
}

function customerSubject(kit: Kit, number: number): Subject {
  const { seed, now } = kit;
  const idOf = (what: string) => uuidOf(`check ${seed} ${now.getTime()} ${what} ${number}`);
  const [customer, event, older] = [idOf('customer'), idOf('event'), idOf('older event')];
  const email = `webhook-cli-check.${seed}.${number}@example.com`;
  return {
    kit,
    customer,
    event,
    masks: [
      [customer, '{customer}'],
      [event, '{event}'],
      [older, '{older event}'],
      [email, '{email}'],
    ],
    stamp: () => ({ ...kit.stamp(), id: event }),
    body({ status = 'APPROVED', isOlder = false } = {}) {
      const time = microseconds(timeOf(now, isOlder ? -age - 3600 : -age));
      return kit.event({
        status,
        set: {
          'event.id': isOlder ? older : event,
          'event.event_reference_id': customer,
          'event.created_at': time,
          'data.customer_id': customer,
          'data.email': email,
          'data.created_at': time,
          'data.updated_at': time,
        },
      });
    },
  };
}
