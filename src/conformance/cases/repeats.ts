import { timeOf, microseconds } from '../../event/timestamp.js';
import { deliveryCases } from '../case.js';
import type { Kit } from '../kit.js';
import { signed } from '../signed.js';

/** The same group as in accepts.ts: deliveries whose number, order, size or pace is out of the ordinary. */
export const acceptsRepeats = deliveryCases('accepts', { required: '2xx' }, [
  {
    id: 'duplicate',
    why: 'a sender that missed the answer sends again; side effects cannot be seen from outside, so test those yourself',
    sends: 'the same delivery twice, one after the other',
    remedy: 'recognise an event by event.id, and answer 2xx without acting twice',
    deliveries: kit => {
      const body = kit.event();
      return [signed(kit, body, { label: 'the first' }), signed(kit, body, { label: 'the second' })];
    },
  },
  {
    id: 'parallel-duplicate',
    why: 'two copies may come at the same moment, and a check that is not atomic fails on a unique key',
    sends: 'the same delivery five times at once',
    remedy: 'claim event.id in one atomic step, such as an insert that ignores conflicts, and answer 2xx to the others',
    deliveries: kit => [signed(kit, kit.event(), { copies: 5 })],
  },
  {
    id: 'out-of-order',
    why: 'nobody promises an order, and a late event must not become an endless retry',
    sends: 'an event, and then one of the same customer that was created an hour before',
    remedy: 'compare event.created_at, keep the newer state, and answer 2xx to the older event',
    deliveries: kit => [
      signed(kit, kit.event({ status: 'APPROVED' }), { label: 'the newer' }),
      signed(kit, older(kit), { label: 'the older' }),
    ],
  },
  {
    id: 'large',
    why: 'a limit is fine, a crash is not',
    sends: 'an event of 256 KiB, with one long extra key',
    answers: { required: '2xx,413' },
    remedy: 'take bodies of at least 256 KiB, or answer 413',
    deliveries: kit => [signed(kit, kit.event({ set: { 'data.extra': 'x'.repeat(256 * 1024) } }))],
  },
  {
    id: 'fast',
    why: 'a sender gives up on slow answers and sends again',
    sends: 'five valid events; the median time of the answers counts',
    answers: { advised: '2xx' },
    remedy: 'keep the event, answer at once, and do the work afterwards',
    isTimed: true,
    deliveries: kit => Array.from({ length: 5 }, () => signed(kit, kit.event())),
  },
]);

const older = (kit: Kit): Uint8Array =>
  kit.event({ status: 'REVIEWING', set: { 'event.created_at': microseconds(timeOf(kit.now, -3600)) } });
