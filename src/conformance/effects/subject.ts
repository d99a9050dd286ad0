import { uuidOf } from '../../event/reshape.js';
import { microseconds, timeOf } from '../../event/timestamp.js';
import type { Kit, Stamp } from '../kit.js';

/**
 * The customer of one case, unknown to the receiver, and the event of the case. If bodies aren't events
 * of the catalogue, there is no customer, and the event's id is used instead.
 */
export interface Subject {
  kit: Kit;
  customer: string;
  event: string;
  /** Each text unique to this customer, with its replacement in comparisons. */
  masks: readonly (readonly [text: string, mask: string])[];
  /** Returns an event about the customer: always the same one, unless the case asks for an older one. */
  body: (shape?: SubjectEvent) => Uint8Array;
  /** Returns the id and time to sign its deliveries with: always the same id. */
  stamp: () => Stamp;
}

interface SubjectEvent {
  status?: string;
  /** Whether to make a different event, created an hour earlier. */
  isOlder?: boolean;
}

/** Seconds before now at which all subjects' events were created: the same time, so that their effects are comparable. */
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
