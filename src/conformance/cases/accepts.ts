import { customerStatuses } from '../../event/customer-status/statuses.js';
import type { Header } from '../../http/header.js';
import { jsonIn } from '../../json/parse.js';
import { deliveryCases, each, inTurn, type Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import { jsonBody, partsOf, signed } from '../signed.js';

const rawBody = 'verify the raw body, before any parser touches it';
const loose = 'read the keys you know, and ignore the rest';
const open = 'log it and return 2xx: the sender did nothing wrong';

/** Valid deliveries, which a receiver must accept. */
export const accepts = deliveryCases('accepts', { required: '2xx' }, [
  {
    id: 'valid',
    why: 'a receiver that refuses valid deliveries would fail most other cases, too',
    sends: 'a signed, valid event with the status APPROVED',
    remedy: 'check that both sides use the same secret, that the path is right, and that the raw body is verified',
    isDecisive: true,
    elsewhere: { sends: 'a signed, valid delivery' },
    deliveries: kit => [signed(kit, kit.body())],
  },
  {
    id: 'every-status',
    why: 'V1 and V2 of the API use different names for statuses, and both are in use',
    sends: 'one event for each documented status of V1 and V2',
    remedy: 'accept both names of every documented status',
    features: ['events'],
    deliveries: kit => each(customerStatuses, ({ name }) => signed(kit, kit.event({ status: name }), { label: name })),
  },
  {
    id: 'business',
    why: 'a business has no first or last name, so code that expects them fails',
    sends: 'an event about a customer of type BUSINESS',
    remedy: 'require only the keys of data that all customers have',
    features: ['events'],
    deliveries: kit => [signed(kit, kit.event({ type: 'BUSINESS' }))],
  },
  {
    id: 'trimmed',
    why: 'some of the examples Fin publishes have fewer keys',
    sends: 'an event with the fewest documented keys: seven in data',
    remedy: 'treat all other keys of data as optional',
    features: ['events'],
    deliveries: kit => [signed(kit, trimmed(kit))],
  },
  {
    id: 'pretty-printed',
    why: 'white space is signed, too, and re-serialising the JSON loses it',
    sends: 'an indented event, with a signature of exactly these bytes',
    remedy: rawBody,
    features: ['object'],
    elsewhere: { sends: 'an indented body, with a signature of exactly these bytes' },
    deliveries: kit => [signed(kit, jsonBody(jsonIn(kit.body()), 2))],
  },
  {
    id: 'reordered',
    why: 'the order of keys is not guaranteed, and differs in newer events',
    sends: 'an event with data before event, and the keys of both reversed',
    remedy: `${rawBody}; read keys by name, not by position`,
    features: ['object'],
    elsewhere: {
      why: 'the order of keys has no meaning in JSON, and re-serialising may change it',
      sends: 'a body with its keys in reverse order',
    },
    deliveries: kit => [signed(kit, reordered(kit))],
  },
  {
    id: 'escaped',
    why: 're-serialising or a wrong charset changes these bytes, and the signature no longer matches',
    sends: 'a name with non-ASCII letters and a slash, once as JSON escapes and once as UTF-8',
    remedy: `${rawBody}; if you decode it, use UTF-8`,
    features: ['object'],
    deliveries: kit =>
      inTurn(
        () => signed(kit, named(kit, String.raw`Zo\u00eb \ud83d\ude80 a\/b \u5c71`), { label: 'as JSON escapes' }),
        () => signed(kit, named(kit, 'Zoë 🚀 a/b 山'), { label: 'as UTF-8' }),
      ),
  },
  {
    id: 'long-fraction',
    why: 'Fin sends times with 0, 5, 6 or 9 fractional digits',
    sends: 'events whose created_at has 0, 6 and 9 fractional digits',
    remedy: 'accept any number of fractional digits, and keep the original text if your parser truncates it',
    features: ['events'],
    deliveries: kit =>
      each(['', '.123456', '.123456789'], fraction => {
        const label = `${Math.max(0, fraction.length - 1)} digits`;
        return signed(kit, withFraction(kit.event(), fraction), { label });
      }),
  },
  {
    id: 'year-one',
    why: 'Fin sends this value for a time that is not set',
    sends: 'an event whose data.created_at and data.updated_at are 0001-01-01T00:00:00Z',
    remedy: 'treat 0001-01-01T00:00:00Z as "not set"',
    features: ['events'],
    deliveries: kit => [signed(kit, kit.event({ set: { 'data.created_at': zeroTime, 'data.updated_at': zeroTime } }))],
  },
  {
    id: 'extra-fields',
    why: 'Fin may add keys at any time, and a strict schema would then reject every event',
    sends: 'an event with unknown keys at the top level, in event and in data',
    remedy: loose,
    features: ['object'],
    elsewhere: {
      why: 'senders may add keys at any time, and a strict schema would then reject every delivery',
      sends: 'a body with an unknown key',
    },
    deliveries: kit => [
      signed(
        kit,
        kit.traits.body === 'event'
          ? kit.event({ set: { extra: 1, 'event.extra': ['new'], 'data.extra': { is: 'new' } } })
          : kit.body({ extra: { is: 'new' } }),
      ),
    ],
  },
  {
    id: 'unknown-status',
    why: 'the documented list of statuses ends with "and others"',
    sends: 'an event with an undocumented status',
    remedy: open,
    features: ['events'],
    deliveries: kit => [signed(kit, kit.event({ status: 'SOMETHING_NEW' }))],
  },
  {
    id: 'unknown-event',
    why: 'Fin sends other types of events to the same URL',
    sends: 'a signed event of another type',
    answers: { advised: '2xx' },
    remedy: open,
    features: ['events'],
    deliveries: kit => [signed(kit, otherEvent(kit))],
  },
  {
    id: 'header-case',
    why: 'HTTP header names are case-insensitive, and proxies change their case',
    sends: 'the signature headers in upper case and in title case',
    remedy: 'look up headers case-insensitively',
    deliveries: kit =>
      inTurn(
        () => renamed(kit, name => name.toUpperCase()),
        () => renamed(kit, name => name.replaceAll(/\b[a-z]/g, letter => letter.toUpperCase())),
      ),
  },
  {
    id: 'chunked',
    why: 'a body may arrive in chunks, without a content-length',
    sends: 'an event with transfer-encoding: chunked',
    remedy: 'read the body to its end, whatever content-length says',
    elsewhere: { sends: 'a delivery with transfer-encoding: chunked' },
    deliveries: kit => [signed(kit, kit.body(), { transfer: { kind: 'chunked' } })],
  },
  {
    id: 'charset',
    why: 'a content type may have parameters',
    sends: 'an event with content-type: application/json; charset=utf-8',
    remedy: 'compare only the media type, and ignore its parameters',
    elsewhere: { sends: 'a delivery with content-type: application/json; charset=utf-8' },
    deliveries: kit => [signed(kit, kit.body(), { headers: [['content-type', 'application/json; charset=utf-8']] })],
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

const backwards = (object: object): object => Object.fromEntries(Object.entries(object).reverse());

function reordered(kit: Kit): Uint8Array {
  if (kit.traits.body !== 'event') return jsonBody(backwards(jsonIn(kit.body()) as object));
  const { event, data } = partsOf(kit.event());
  return jsonBody({ data: backwards(data), event: backwards(event) });
}

/** A body with this first name. `name` is already JSON, so its escapes are kept. */
const named = (kit: Kit, name: string): Uint8Array =>
  Buffer.from(
    Buffer.from(kit.body({ first_name: 'PLACE' }))
      .toString()
      .replace('"PLACE"', `"${name}"`),
  );

function otherEvent(kit: Kit): Uint8Array {
  const { event } = partsOf(kit.event({ set: { 'event.type': 'beneficiary.status' } }));
  const { event_reference_id: id } = event;
  const data = { active: true, beneficiary_id: id, customer_id: id, status: 'PROCESSING', type: 'INDIVIDUAL' };
  return jsonBody({ event, data });
}

function renamed(kit: Kit, spell: (name: string) => string): Delivery {
  const delivery = signed(kit, kit.body(), { label: spell(kit.scheme.signatureHeader) });
  return { ...delivery, headers: delivery.headers.map(([name, value]): Header => [spell(name), value]) };
}
