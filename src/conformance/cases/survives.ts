import type { Header } from '../../http/header.js';
import type { Delivery } from '../case.js';
import { deliveryCases } from '../case.js';
import type { Kit } from '../kit.js';
import { jsonBody, partsOf, signed } from '../signed.js';

const either = { required: '2xx,4xx' };
const parse = 'catch what the parser throws, and answer 400';
const shape = 'check the shape of the parsed body before reading from it, and answer 400';

interface Rubbish {
  id: string;
  sends: string;
  remedy: string;
  body: (kit: Kit) => string | Uint8Array;
  answers?: { required: string };
}

/** Validly signed bodies that are no event, or an odd one. A signature only says who sent it. */
const rubbish: readonly Rubbish[] = [
  { id: 'not-json', sends: 'a text that is not JSON', remedy: parse, body: () => 'this is not JSON' },
  { id: 'empty-body', sends: 'an empty body', remedy: parse, body: () => '' },
  { id: 'truncated-json', sends: 'the first half of an event', remedy: parse, body: kit => halfOf(kit.event()) },
  { id: 'json-null', sends: 'null', remedy: shape, body: () => 'null' },
  { id: 'json-array', sends: 'an array', remedy: shape, body: () => '[]' },
  { id: 'json-string', sends: 'a JSON string', remedy: shape, body: () => '"event"' },
  { id: 'json-number', sends: 'a number', remedy: shape, body: () => '42' },
  {
    id: 'no-event',
    sends: 'an object without event',
    remedy: shape,
    body: kit => jsonBody({ data: partsOf(kit.event()).data }),
  },
  {
    id: 'no-data',
    sends: 'an object without data',
    remedy: shape,
    body: kit => jsonBody({ event: partsOf(kit.event()).event }),
  },
  {
    id: 'wrong-types',
    sends: 'an event whose values are of other types: an id that is a number, data that is a text',
    remedy: shape,
    body: kit => jsonBody({ event: { ...partsOf(kit.event()).event, id: 7, type: ['customer.status'] }, data: 'text' }),
  },
  {
    id: 'invalid-utf8',
    sends: 'an event with bytes in it that are not UTF-8',
    remedy: 'decode strictly, and answer 400',
    body: kit => withName(kit, Buffer.from([0xff, 0xfe, 0xc3, 0x28])),
  },
  {
    id: 'bom',
    sends: 'an event after a byte order mark',
    remedy: 'skip the mark or answer 400: a JSON parser may do either',
    body: kit => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), kit.event()]),
    answers: either,
  },
  {
    id: 'nul',
    sends: 'an event with a NUL byte in a text',
    remedy: parse,
    body: kit => withName(kit, Buffer.from([0])),
  },
  {
    id: 'deep',
    sends: '50,000 arrays, one in the other',
    remedy: 'limit depth, or catch the overflow that a recursive reader ends in, and answer 400',
    body: () => '['.repeat(50_000) + ']'.repeat(50_000),
  },
  {
    id: 'huge-number',
    sends: 'an event with the number 1e400 in it',
    remedy: 'take it for infinite or answer 400, but stay up',
    body: kit => text(kit.event({ set: { 'data.extra': 0 } })).replace('"extra":0', '"extra":1e400'),
    answers: either,
  },
  {
    id: 'duplicate-keys',
    sends: 'an event in which data.customer_status stands twice',
    remedy: 'take either value or answer 400, but stay up',
    body: kit => text(kit.event()).replace('"data":{', '"data":{"customer_status":"QUEUED",'),
    answers: either,
  },
  {
    id: 'prototype',
    sends: 'an event with __proto__ and constructor among its keys',
    remedy: 'never merge a parsed body into another object; copy the keys that you know',
    body: kit =>
      text(kit.event()).replace(
        '"data":{',
        '"data":{"__proto__":{"isAdmin":true,"toString":1},"constructor":{"prototype":{"isAdmin":true}},',
      ),
    answers: either,
  },
];

const halfOf = (body: Uint8Array): Uint8Array => body.subarray(0, Math.floor(body.length / 2));

const text = (body: Uint8Array): string => Buffer.from(body).toString();

/** An event with these bytes in a name. */
function withName(kit: Kit, bytes: Uint8Array): Uint8Array {
  const body = Buffer.from(kit.event({ set: { 'data.first_name': 'PLACE' } }));
  const place = body.indexOf('PLACE');
  return Buffer.concat([body.subarray(0, place), bytes, body.subarray(place + 'PLACE'.length)]);
}

/** Requests that make a careless receiver crash. */
export const survives = deliveryCases('survives', { required: '2xx,4xx', advised: '4xx' }, [
  ...rubbish.map(({ body, ...one }) => ({
    ...one,
    why: 'whoever has the secret makes mistakes, too, and one body must not take a receiver down',
    deliveries: (kit: Kit) => [signed(kit, Buffer.from(body(kit)))],
  })),
  {
    id: 'text-plain',
    why: 'a parser that passes over this content type leaves the receiver without a body',
    sends: 'a right event as text/plain',
    answers: either,
    remedy: 'read the raw body whatever the content type, or answer 415',
    deliveries: kit => [plainText(kit)],
  },
  {
    id: 'slow-body',
    why: 'a network may pause in the middle of a body',
    sends: 'an event in two parts, a second apart',
    answers: { required: '2xx' },
    remedy: 'read the body to its end before verifying it',
    deliveries: kit => [signed(kit, kit.event(), { transfer: { kind: 'slow', pause: kit.slowPause } })],
  },
  {
    id: 'aborted',
    why: 'senders die in the middle of a body, and an error that nobody handles ends the process',
    sends: 'half a body before the connection is closed, and then a right event',
    answers: { required: '2xx' },
    remedy: 'handle the error of a request that ends early, and drop it',
    deliveries: kit => [
      signed(kit, kit.event(), { transfer: { kind: 'aborted' } }),
      signed(kit, kit.event(), { label: 'the event after it' }),
    ],
  },
  {
    id: 'still-alive',
    why: 'after all this, a right delivery has to be accepted as at the beginning',
    sends: 'a valid event, after everything else',
    answers: { required: '2xx' },
    remedy: 'look in the log of the receiver for what an earlier case has broken',
    deliveries: kit => [signed(kit, kit.event())],
  },
]);

function plainText(kit: Kit): Delivery {
  const delivery = signed(kit, kit.event());
  const type: Header = ['content-type', 'text/plain'];
  return { ...delivery, headers: [...delivery.headers, type] };
}
