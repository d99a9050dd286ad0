import { customerStatuses } from '../../event/customer-status/statuses.js';
import type { Header } from '../../http/header.js';
import { deliveryCases } from '../case.js';
import type { Kit } from '../kit.js';
import { jsonBody, partsOf, signed } from '../signed.js';

const rawBody = 'verify the bytes as they came, before any parser touches them';
const loose = 'take what you know from the event, and pass over the rest';
const open = 'answer 2xx to it, and log it: the sender has done nothing wrong';

/** Deliveries that a receiver has to accept. */
export const accepts = deliveryCases('accepts', { required: '2xx' }, [
  {
    id: 'valid',
    why: 'nothing else matters as long as a right delivery is not accepted',
    sends: 'a valid APPROVED event, signed',
    remedy: 'check that both sides have the same secret, that the path is right, and that the raw body is verified',
    isDecisive: true,
    deliveries: kit => [signed(kit, kit.event())],
  },
  {
    id: 'every-status',
    why: 'which names a customer gets depends on the API version that made it, and both sets are live',
    sends: 'one event for each documented status, of V1 and of V2',
    remedy: 'accept every documented status, under both of its names',
    deliveries: kit => customerStatuses.map(({ name }) => signed(kit, kit.event({ status: name }), { label: name })),
  },
  {
    id: 'business',
    why: 'a business has no first and last name, and code that expects them fails',
    sends: 'an event of a BUSINESS customer',
    remedy: 'demand no key of data but those that every customer has',
    deliveries: kit => [signed(kit, kit.event({ type: 'BUSINESS' }))],
  },
  {
    id: 'trimmed',
    why: 'Fin publishes examples with fewer keys, too',
    sends: 'the shortest documented shape: seven keys in data',
    remedy: 'treat every other key of data as optional',
    deliveries: kit => [signed(kit, trimmed(kit))],
  },
  {
    id: 'pretty-printed',
    why: 'white space is part of what is signed; a body that was parsed and written again has lost it',
    sends: 'an event with indentation, signed as it is',
    remedy: rawBody,
    deliveries: kit => [signed(kit, jsonBody(partsOf(kit.event()), 2))],
  },
  {
    id: 'reordered',
    why: 'the order of keys is no contract, and newer events come in another one',
    sends: 'data before event, and the keys of both in the opposite order',
    remedy: `${rawBody}; read keys by name`,
    deliveries: kit => [signed(kit, reordered(kit))],
  },
  {
    id: 'escaped',
    why: 'a JSON round trip or a wrong charset changes such bytes, and then the signature is another one',
    sends: 'names outside ASCII and a slash, once as JSON escapes and once as raw UTF-8',
    remedy: `${rawBody}; a body read as text is UTF-8`,
    deliveries: kit => [
      signed(kit, named(kit, String.raw`Zo\u00eb \ud83d\ude80 a\/b \u5c71`), { label: 'as escapes' }),
      signed(kit, named(kit, 'Zoë 🚀 a/b 山'), { label: 'as raw UTF-8' }),
    ],
  },
  {
    id: 'long-fraction',
    why: 'Fin sends times with 0, 5, 6 and 9 fraction digits',
    sends: 'events whose created_at has 0, 6 and 9 fraction digits',
    remedy: 'take any number of fraction digits, and keep the text where a parser would cut it',
    deliveries: kit =>
      ['', '.123456', '.123456789'].map(fraction => {
        const label = `${Math.max(0, fraction.length - 1)} digits`;
        return signed(kit, withFraction(kit.event(), fraction), { label });
      }),
  },
  {
    id: 'year-one',
    why: 'Fin sends the zero time where a time is not set',
    sends: 'an event whose data was created and updated at 0001-01-01T00:00:00Z',
    remedy: 'take 0001-01-01T00:00:00Z for "not set"',
    deliveries: kit => [signed(kit, kit.event({ set: { 'data.created_at': zeroTime, 'data.updated_at': zeroTime } }))],
  },
  {
    id: 'extra-fields',
    why: 'keys may be added at any time, and a strict schema would then refuse every event',
    sends: 'an event with unknown keys at the top, in event and in data',
    remedy: loose,
    deliveries: kit => [
      signed(kit, kit.event({ set: { extra: 1, 'event.extra': ['new'], 'data.extra': { is: 'new' } } })),
    ],
  },
  {
    id: 'unknown-status',
    why: 'the documented list ends with "and others"',
    sends: 'an event with a status that is not documented',
    remedy: open,
    deliveries: kit => [signed(kit, kit.event({ status: 'SOMETHING_NEW' }))],
  },
  {
    id: 'unknown-event',
    why: 'Fin sends other events to the same address',
    sends: 'another type of event, validly signed',
    answers: { advised: '2xx' },
    remedy: open,
    deliveries: kit => [signed(kit, otherEvent(kit))],
  },
  {
    id: 'header-case',
    why: 'the case of header names means nothing in HTTP, and proxies change it',
    sends: 'the signature headers in capitals, and in title case',
    remedy: 'look headers up without regard to case',
    deliveries: kit => [
      signedAs(kit, name => name.toUpperCase(), 'X-FIN-SIGNATURE'),
      signedAs(kit, name => name.replaceAll(/\b[a-z]/g, letter => letter.toUpperCase()), 'X-Fin-Signature'),
    ],
  },
  {
    id: 'chunked',
    why: 'a body may come in chunks and without a length',
    sends: 'an event in chunked transfer coding',
    remedy: 'read the body to its end instead of trusting content-length',
    deliveries: kit => [signed(kit, kit.event(), { transfer: { kind: 'chunked' } })],
  },
  {
    id: 'charset',
    why: 'a content type may have parameters',
    sends: 'content-type: application/json; charset=utf-8',
    remedy: 'compare the media type alone, without its parameters',
    deliveries: kit => [withType(kit, 'application/json; charset=utf-8')],
  },
]);

const zeroTime = '0001-01-01T00:00:00Z';

function withFraction(body: Uint8Array, fraction: string): Uint8Array {
  const { event, data } = partsOf(body);
  const time = String(event['created_at']).replace(/\.\d+Z$/, `${fraction}Z`);
  return jsonBody({ event: { ...event, created_at: time }, data });
}

function trimmed(kit: Kit): Uint8Array {
  const { event, data } = partsOf(kit.event());
  const kept = ['customer_id', 'customer_status', 'email', 'first_name', 'last_name', 'type', 'verification_type'];
  return jsonBody({ event, data: Object.fromEntries(kept.map(key => [key, data[key]])) });
}

function reordered(kit: Kit): Uint8Array {
  const { event, data } = partsOf(kit.event());
  const backwards = (object: object) => Object.fromEntries(Object.entries(object).reverse());
  return jsonBody({ data: backwards(data), event: backwards(event) });
}

/** `name` goes into the JSON as it stands. */
const named = (kit: Kit, name: string): Uint8Array =>
  Buffer.from(
    Buffer.from(kit.event({ set: { 'data.first_name': 'PLACE' } }))
      .toString()
      .replace('"PLACE"', `"${name}"`),
  );

function otherEvent(kit: Kit): Uint8Array {
  const { event } = partsOf(kit.event({ set: { 'event.type': 'beneficiary.status' } }));
  const { event_reference_id: id } = event;
  const data = { active: true, beneficiary_id: id, customer_id: id, status: 'PROCESSING', type: 'INDIVIDUAL' };
  return jsonBody({ event, data });
}

function signedAs(kit: Kit, spell: (name: string) => string, label: string) {
  const delivery = signed(kit, kit.event(), { label });
  return { ...delivery, headers: delivery.headers.map(([name, value]): Header => [spell(name), value]) };
}

function withType(kit: Kit, type: string) {
  const delivery = signed(kit, kit.event());
  return { ...delivery, headers: [...delivery.headers, ['content-type', type] as const] };
}
