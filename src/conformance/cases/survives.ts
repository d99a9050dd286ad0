import { deliveryCases, inTurn } from '../case.js';
import type { Feature } from '../features.js';
import type { Kit } from '../kit.js';
import { jsonBody, partsOf, signed } from '../signed.js';

const either = { required: '2xx,4xx' };
const parse = 'catch parse errors, and return 400';
const shape = 'check the types in the parsed body before using it, and return 400 if they are wrong';

interface Rubbish {
  id: string;
  sends: string;
  remedy: string;
  body: (kit: Kit) => string | Uint8Array;
  answers?: { required: string };
  features?: readonly Feature[];
  elsewhere?: { sends: string };
}

/** Signed bodies that are malformed or odd events. A signature only proves who sent it. */
const rubbish: readonly Rubbish[] = [
  { id: 'not-json', sends: 'text that is not JSON', remedy: parse, body: () => 'this is not JSON' },
  { id: 'empty-body', sends: 'an empty body', remedy: parse, body: () => '' },
  {
    id: 'truncated-json',
    sends: 'the first half of an event',
    remedy: parse,
    body: kit => halfOf(kit.body()),
    elsewhere: { sends: 'the first half of a body' },
    features: ['object'],
  },
  { id: 'json-null', sends: 'the JSON value null', remedy: shape, body: () => 'null' },
  { id: 'json-array', sends: 'a JSON array', remedy: shape, body: () => '[]' },
  { id: 'json-string', sends: 'a JSON string', remedy: shape, body: () => '"event"' },
  { id: 'json-number', sends: 'a JSON number', remedy: shape, body: () => '42' },
  {
    id: 'no-event',
    sends: 'a JSON object without event',
    remedy: shape,
    features: ['events'],
    body: kit => jsonBody({ data: partsOf(kit.event()).data }),
  },
  {
    id: 'no-data',
    sends: 'a JSON object without data',
    remedy: shape,
    features: ['events'],
    body: kit => jsonBody({ event: partsOf(kit.event()).event }),
  },
  {
    id: 'wrong-types',
    sends: 'an event with values of the wrong types: a number as its id, a string as data',
    remedy: shape,
    features: ['events'],
    body: kit => jsonBody({ event: { ...partsOf(kit.event()).event, id: 7, type: ['customer.status'] }, data: 'text' }),
  },
  {
    id: 'invalid-utf8',
    sends: 'an event with bytes that are not valid UTF-8',
    elsewhere: { sends: 'a body with bytes that are not valid UTF-8' },
    features: ['object'],
    remedy: 'decode as strict UTF-8, and return 400 if that fails',
    body: kit => withName(kit, Buffer.from([0xff, 0xfe, 0xc3, 0x28])),
  },
  {
    id: 'bom',
    sends: 'an event that starts with a byte order mark',
    elsewhere: { sends: 'a body that starts with a byte order mark' },
    remedy: 'skip the mark, or return 400: JSON parsers may do either',
    body: kit => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), kit.body()]),
    answers: either,
  },
  {
    id: 'nul',
    sends: 'an event with a NUL byte in a string',
    elsewhere: { sends: 'a body with a NUL byte in a string' },
    features: ['object'],
    remedy: parse,
    body: kit => withName(kit, Buffer.from([0])),
  },
  {
    id: 'deep',
    sends: '50,000 nested arrays',
    remedy: 'limit the nesting depth, or catch the stack overflow, and return 400',
    body: () => '['.repeat(50_000) + ']'.repeat(50_000),
  },
  {
    id: 'huge-number',
    sends: 'an event with the number 1e400',
    elsewhere: { sends: 'a body with the number 1e400' },
    features: ['object'],
    remedy: 'read it as infinity or return 400, but do not crash',
    body: kit => text(kit.body({ extra: 0 })).replace('"extra":0', '"extra":1e400'),
    answers: either,
  },
  {
    id: 'duplicate-keys',
    sends: 'an event that has data.customer_status twice',
    elsewhere: { sends: 'a body that has a key twice' },
    features: ['object'],
    remedy: 'use either value or return 400, but do not crash',
    body: kit =>
      opened(kit, kit.traits.body === 'event' ? '"customer_status":"QUEUED",' : '"extra":null,"extra":true,'),
    answers: either,
  },
  {
    id: 'prototype',
    sends: 'an event with __proto__ and constructor among its keys',
    elsewhere: { sends: 'a body with __proto__ and constructor among its keys' },
    features: ['object'],
    remedy: 'never merge a parsed body into another object; copy only the keys you know',
    body: kit => opened(kit, '"__proto__":{"isAdmin":true,"toString":1},"constructor":{"prototype":{"isAdmin":true}},'),
    answers: either,
  },
];

const halfOf = (body: Uint8Array): Uint8Array => body.subarray(0, Math.floor(body.length / 2));

const text = (body: Uint8Array): string => Buffer.from(body).toString();

/** A body with more keys before its own, or before those of its data, if it is an event. */
const opened = (kit: Kit, keys: string): string =>
  kit.traits.body === 'event'
    ? text(kit.event()).replace('"data":{', `"data":{${keys}`)
    : text(kit.body({ extra: true })).replace('{', `{${keys}`);

/** A body with these bytes as a name. */
function withName(kit: Kit, bytes: Uint8Array): Uint8Array {
  const body = Buffer.from(kit.body({ first_name: 'PLACE' }));
  const place = body.indexOf('PLACE');
  return Buffer.concat([body.subarray(0, place), bytes, body.subarray(place + 'PLACE'.length)]);
}

/** Requests that crash a careless receiver. */
export const survives = deliveryCases('survives', { required: '2xx,4xx', advised: '4xx', others: either }, [
  ...rubbish.map(({ body, ...one }) => ({
    ...one,
    why: 'senders make mistakes, too, and a single body must not take a receiver down',
    deliveries: (kit: Kit) => [signed(kit, Buffer.from(body(kit)))],
  })),
  {
    id: 'text-plain',
    why: 'a body parser that ignores this content type leaves the receiver without a body',
    sends: 'a valid event with content-type: text/plain',
    answers: either,
    remedy: 'read the raw body for every content type, or return 415',
    elsewhere: { sends: 'a valid delivery with content-type: text/plain' },
    deliveries: kit => [signed(kit, kit.body(), { headers: [['content-type', 'text/plain']] })],
  },
  {
    id: 'slow-body',
    why: 'the network may pause in the middle of a body',
    sends: 'a valid event in two parts, one second apart',
    answers: { required: '2xx' },
    remedy: 'read the whole body before you verify it',
    elsewhere: { sends: 'a valid delivery in two parts, one second apart' },
    deliveries: kit => [signed(kit, kit.body(), { transfer: { kind: 'slow', pause: kit.slowPause } })],
  },
  {
    id: 'aborted',
    why: 'senders crash in the middle of a body, and an unhandled error ends the process',
    sends: 'half a body before the connection closes, followed by a valid event',
    answers: { required: '2xx' },
    remedy: 'handle the error of an aborted request, and discard the body',
    elsewhere: { sends: 'half a body before the connection closes, followed by a valid delivery' },
    deliveries: kit =>
      inTurn(
        () => signed(kit, kit.body(), { transfer: { kind: 'aborted' } }),
        () =>
          signed(kit, kit.body(), { label: kit.traits.body === 'event' ? 'the event after it' : 'the one after it' }),
      ),
  },
  {
    id: 'still-alive',
    why: 'after all other cases, the receiver must still accept a valid delivery',
    sends: 'a valid event after all other cases',
    answers: { required: '2xx' },
    remedy: 'check the log of the receiver for what an earlier case broke',
    elsewhere: { sends: 'a valid delivery after all other cases' },
    deliveries: kit => [signed(kit, kit.body())],
  },
]);
