import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, eventNames } from '../../src/event/catalogue.js';
import { summarise, summariseBody, type EventSummary } from '../../src/event/summary.js';
import { published, publishedFiles } from './published.js';

test.each(publishedFiles)('the summary of a published body has its type, ids and status: %s', file => {
  expect(summariseBody(published(file))).toEqual({
    type: 'customer.status',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    referenceId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    status: expect.stringMatching(/^[A-Z]+$/) as string,
  });
});

test.each<[string, unknown, EventSummary]>([
  ['null', null, {}],
  ['nothing', undefined, {}],
  ['a text', 'event', {}],
  ['a number', 42, {}],
  ['an array', [{ event: { id: '1' } }], {}],
  ['an empty object', {}, {}],
  ['an event that is null', { event: null, data: null }, {}],
  ['an event that is a text', { event: 'type', data: 'status' }, {}],
  ['an event that is an array', { event: ['id'] }, {}],
  ['numbers for texts', { event: { type: 1, id: 2, event_reference_id: 3 }, data: { customer_status: 4 } }, {}],
  ['objects for texts', { event: { type: {}, id: [] }, data: { customer_status: { toString: 'x' } } }, {}],
  ['only a type', { event: { type: 'customer.rfi' } }, { type: 'customer.rfi' }],
  ['empty texts', { event: { type: '', id: '' } }, { type: '', id: '' }],
  ['only a status', { data: { customer_status: 'QUEUED' } }, { status: 'QUEUED' }],
  ['the status of another event', { data: { status: 'PENDING' } }, { status: 'PENDING' }],
  ['two statuses', { data: { status: 'PENDING', customer_status: 'QUEUED' } }, { status: 'QUEUED' }],
  ['a customer status that isn’t text', { data: { status: 'PENDING', customer_status: 1 } }, { status: 'PENDING' }],
])('%s is summarised as far as possible', (_, json, summary) => {
  expect(summarise(json)).toEqual(summary);
});

describe('the status of a known event is in its documented place', () => {
  const data = { status: 'PENDING', customer_status: 'QUEUED' };
  test.each(eventNames.map(type => ({ type, key: catalogue[type].status.path.at(-1) })))('$type', ({ type, key }) => {
    const status = key === undefined ? {} : { status: data[key as keyof typeof data] };
    expect(summarise({ event: { type }, data })).toEqual({ type, ...status });
  });

  test('and a name that every object has isn’t a known event', () => {
    expect(summarise({ event: { type: 'constructor' }, data })).toEqual({ type: 'constructor', status: 'QUEUED' });
  });
});

describe('keys that objects inherit', () => {
  test.each([
    ['the body', '{"__proto__":{"event":{"id":"1"}}}'],
    ['the event', '{"event":{"__proto__":{"id":"1","type":"x"}}}'],
    ['data', '{"data":{"__proto__":{"customer_status":"QUEUED"}}}'],
    ['data, as constructor', '{"data":{"constructor":{"customer_status":"QUEUED"}}}'],
  ])('are not read: __proto__ in %s', (_, text) => {
    expect(summariseBody(Buffer.from(text))).toEqual({});
  });
});

test('cuts texts to 100 characters', () => {
  const long = 'x'.repeat(5000);
  const summary = summarise({
    event: { type: long, id: long, event_reference_id: long },
    data: { customer_status: long },
  });
  const cut = 'x'.repeat(100);
  expect(summary).toEqual({ type: cut, id: cut, referenceId: cut, status: cut });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no JSON', Buffer.from('{"event":')],
  ['no text', Buffer.from([0xff, 0x00, 0xfe])],
  ['very deep JSON', Buffer.from('['.repeat(50_000) + ']'.repeat(50_000))],
])('the summary is empty for bytes that are %s', (_, body) => {
  expect(summariseBody(body)).toEqual({});
});

test('accepts a byte order mark', () => {
  const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"event":{"id":"1"}}')]);
  expect(summariseBody(body)).toEqual({ id: '1' });
});

test('the summary has no personal data', () => {
  const text = publishedFiles.map(file => JSON.stringify(summariseBody(published(file)))).join('');
  expect(text).not.toMatch(/@|email|Testrlnc|afroja|\+1259/);
});

test('never throws, and has only short texts, for any JSON', () => {
  const anyOf = (value: fc.Arbitrary<unknown>) => fc.oneof(value, fc.jsonValue());
  const anyEvent = fc.record({ type: fc.jsonValue(), id: fc.jsonValue() });
  fc.assert(
    fc.property(fc.record({ event: anyOf(anyEvent), data: fc.jsonValue() }), json => {
      const values: unknown[] = Object.values(summarise(json));
      expect(values.every(value => typeof value === 'string' && value.length <= 100)).toBe(true);
    }),
  );
});
