import { timeOf, microseconds } from '../../event/timestamp.js';
import { deliveryCases, each, inTurn } from '../case.js';
import type { Kit } from '../kit.js';
import { signed } from '../signed.js';

/** More of the group in accepts.ts: deliveries in unusual numbers, order, size or pace. */
export const acceptsRepeats = deliveryCases('accepts', { required: '2xx' }, [
  {
    id: 'duplicate',
    why: 'a sender that missed the response sends the event again; effect-duplicate checks the effect of the second one',
    sends: 'the same delivery twice in a row',
    remedy: 'recognise events by event.id, and return 2xx for a duplicate without processing it again',
    elsewhere: {
      why: 'a sender that missed the response sends the delivery again, with the same id, if it has one',
      remedy: 'recognise deliveries by their id, and return 2xx for a duplicate without processing it again',
    },
    deliveries: kit => {
      const [body, { id }] = [kit.body(), kit.stamp()];
      return each(['the first', 'the second'], label => signed(kit, body, { stamp: { ...kit.stamp(), id }, label }));
    },
  },
  {
    id: 'parallel-duplicate',
    why: 'two copies may arrive at the same moment, and a check that is not atomic lets both through or fails on a unique key',
    sends: 'the same delivery five times at once',
    remedy:
      'claim event.id in one atomic step, such as an insert that ignores conflicts, and return 2xx for the other copies',
    elsewhere: {
      remedy:
        'claim the id in one atomic step, such as an insert that ignores conflicts, and return 2xx for the other copies',
    },
    deliveries: kit => [signed(kit, kit.body(), { copies: 5 })],
  },
  {
    id: 'out-of-order',
    why: 'the order of events is not guaranteed, and refusing a late one makes the sender retry it forever',
    sends: 'an event, followed by one about the same customer that was created an hour earlier',
    remedy: 'compare event.created_at, keep the newer state, and return 2xx for the older event',
    features: ['events'],
    deliveries: kit =>
      inTurn(
        () => signed(kit, kit.event({ status: 'APPROVED' }), { label: 'the newer event' }),
        () => signed(kit, older(kit), { label: 'the older event' }),
      ),
  },
  {
    id: 'large',
    why: 'a size limit is fine, a crash is not',
    sends: 'an event of 256 KiB, with one very long value',
    answers: { required: '2xx,413' },
    remedy: 'accept bodies of at least 256 KiB, or return 413',
    features: ['object'],
    elsewhere: { sends: 'a body of 256 KiB, with one very long value' },
    deliveries: kit => [signed(kit, kit.body({ extra: 'x'.repeat(256 * 1024) }))],
  },
  {
    id: 'fast',
    why: 'a sender that waits too long gives up and retries',
    sends: 'five valid events; the median time of their responses is checked',
    answers: { advised: '2xx' },
    remedy: 'store the event, respond at once, and process it afterwards',
    isTimed: true,
    elsewhere: {
      sends: 'five valid deliveries; the median time of their responses is checked',
      remedy: 'store the delivery, respond at once, and process it afterwards',
    },
    deliveries: kit => each(Array.from({ length: 5 }), () => signed(kit, kit.body())),
  },
]);

const older = (kit: Kit): Uint8Array =>
  kit.event({ status: 'REVIEWING', set: { 'event.created_at': microseconds(timeOf(kit.now, -3600)) } });
