import { milliseconds } from '../../text/duration.js';
import { deliveryCases, inTurn, type Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import { forged, respelt, signed } from '../signed.js';
import { entriesOf } from './lists.js';

const form = "parse the timestamp strictly, and refuse a request whose timestamp isn't a time within the tolerance";
const present = 'refuse a request without a timestamp before comparing anything';
const whole = 'sign what the sender signs, with the header values exactly as they arrived';

/** Only the sender can sign these, so accepting them is harmless; some official libraries do. */
const odd = { required: '2xx,4xx', advised: '4xx' };

/** More of the group in refuses.ts: what a signature covers besides the body, and how old it may be. */
export const refusesStamps = deliveryCases('refuses', { required: '4xx' }, [
  {
    id: 'stale',
    why: 'anyone who recorded a delivery could send it again at any time',
    sends: 'a delivery with a valid signature and a timestamp older than the tolerance',
    features: ['timestamp', 'past'],
    remedy: 'compare the timestamp with your clock, and refuse a request that is older than the tolerance',
    deliveries: kit => [signed(kit, kit.body(), { stamp: kit.stamp(-beyond(kit, 'past')) })],
  },
  {
    id: 'future',
    why: 'a timestamp from the future stays valid for longer than the tolerance allows',
    sends: 'a delivery with a valid signature and a timestamp further in the future than the tolerance',
    answers: odd,
    features: ['timestamp', 'future'],
    remedy: 'check the difference in both directions: Math.abs(now - timestamp)',
    deliveries: kit => [signed(kit, kit.body(), { stamp: kit.stamp(beyond(kit, 'future')) })],
  },
  {
    id: 'wrong-unit',
    why: 'a receiver that guesses the unit is off by a factor of a thousand',
    sends: 'a validly signed timestamp in milliseconds instead of seconds, or the other way round',
    answers: odd,
    features: ['timestamp', 'unit'],
    remedy: 'read the timestamp only in the unit that the sender documents',
    deliveries: kit => [claiming(kit, inOtherUnit(kit))],
  },
  {
    id: 'timestamp-not-a-time',
    why: 'comparisons with NaN are always false, so "too old" is never true',
    sends: 'validly signed timestamps that are words: yesterday and NaN',
    answers: odd,
    features: ['timestamp', 'tolerance'],
    remedy: form,
    deliveries: kit =>
      inTurn(
        () => claiming(kit, 'yesterday', 'yesterday'),
        () => claiming(kit, 'NaN', 'NaN'),
      ),
  },
  {
    id: 'timestamp-negative',
    why: 'a parser that drops the sign reads a time before 1970 as the present',
    sends: 'the current time with a minus sign in front, validly signed',
    answers: odd,
    features: ['timestamp', 'past'],
    remedy: form,
    deliveries: kit => [claiming(kit, `-${kit.stamp().timestamp}`)],
  },
  {
    id: 'timestamp-missing',
    why: 'a receiver that checks the age only if there is a timestamp accepts a delivery of any age',
    sends: 'a delivery without a timestamp, signed with an empty one',
    answers: odd,
    features: ['timestamp', 'tolerance'],
    remedy: present,
    deliveries: kit => [retimed(kit, claiming(kit, ''), undefined)],
  },
  {
    id: 'timestamp-empty',
    why: 'an empty timestamp is a missing one, and some parsers read it as 0',
    sends: 'a delivery with an empty timestamp, signed as such',
    answers: odd,
    features: ['timestamp', 'tolerance'],
    remedy: present,
    deliveries: kit => [claiming(kit, '')],
  },
  {
    id: 'timestamp-tampered',
    why: 'if the signature does not cover the timestamp, anyone who recorded a delivery could give it a new one',
    sends: 'a delivery that was signed an hour ago, with the current time as its timestamp',
    features: ['timestamp', 'signed-timestamp'],
    remedy: whole,
    deliveries: kit => [retimed(kit, signed(kit, kit.body(), { stamp: kit.stamp(-3600) }), kit.stamp().timestamp)],
  },
  {
    id: 'id-tampered',
    why: 'anyone who recorded a delivery could give it a new id, so that it no longer looks like a duplicate',
    sends: 'a delivery whose id has one more letter than the signed one',
    features: ['signed-id'],
    remedy: whole,
    deliveries: kit => [reidentified(kit, signed(kit, kit.body()), id => `${id}x`)],
  },
  {
    id: 'id-missing',
    why: 'without an id, a duplicate cannot be recognised',
    sends: 'a delivery without an id, signed with an empty one',
    answers: odd,
    features: ['signed-id'],
    remedy: 'refuse a request without an id before comparing anything',
    deliveries: kit => [
      reidentified(kit, signed(kit, kit.body(), { stamp: { ...kit.stamp(), id: '' } }), () => undefined),
    ],
  },
  {
    id: 'body-alone',
    why: 'a signature of the body alone never expires, so a receiver that accepts it accepts old deliveries, too',
    sends: 'a delivery with a signature of only its body, without its timestamp or its id',
    features: ['signed-parts'],
    remedy: `${whole}, and accept no older form`,
    deliveries: kit => [forged(kit, kit.body(), { signature: (_, sign) => sign(undefined, { signed: '{body}' }) })],
  },
]);

/** Seconds that are well beyond the tolerance, even if clocks differ by a minute. */
function beyond({ scheme }: Kit, direction: 'past' | 'future'): number {
  const tolerance = scheme.definition.timestamp?.[direction] ?? '0s';
  return (2 * milliseconds(tolerance)) / 1000 + 60;
}

/** A validly signed delivery with this text as its timestamp. */
const claiming = (kit: Kit, timestamp: string, label?: string): Delivery =>
  signed(kit, kit.body(), { stamp: { ...kit.stamp(), timestamp }, label });

/** The current time in seconds where the scheme has milliseconds, and in milliseconds where it has seconds. */
export function inOtherUnit({ scheme, clock }: Kit): string {
  const now = clock.now().getTime();
  return String(scheme.definition.timestamp?.unit === 'ms' ? Math.floor(now / 1000) : now);
}

/** Replaces the timestamp after signing; undefined removes it. */
function retimed(kit: Kit, delivery: Delivery, timestamp: string | undefined): Delivery {
  const { header, key } = kit.scheme.definition.timestamp ?? {};
  if (header !== undefined) return respelt(delivery, header.toLowerCase(), () => timestamp);
  const { pair = '' } = kit.scheme.definition.signature;
  return entriesOf(kit, delivery, (entry, of) => {
    if (of !== 'timestamp') return [entry];
    return timestamp === undefined ? [] : [`${key ?? ''}${pair}${timestamp}`];
  });
}

/** Changes the id after signing; undefined removes it. */
function reidentified({ scheme }: Kit, delivery: Delivery, change: (id: string) => string | undefined): Delivery {
  const { id } = scheme.definition;
  return typeof id === 'object' ? respelt(delivery, id.header.toLowerCase(), change) : delivery;
}
