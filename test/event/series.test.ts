import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSeries, stepAcross } from '../../src/event/series.js';
import { inspect } from '../support/events.js';

const folder = path.resolve(import.meta.dirname, '../../fixtures');
const approved = readFileSync(path.join(folder, 'events/approved.json'));

const jsonOf = (body: Uint8Array) =>
  JSON.parse(Buffer.from(body).toString()) as { event: Record<string, string>; data: Record<string, string> };

const seriesOf = (text: string | Uint8Array, { fixed = [], step = 1 }: { fixed?: string[][]; step?: number } = {}) =>
  createSeries(Buffer.from(text), { fixed, step });

test('the first of a series is the event itself, byte for byte', async () => {
  expect((await createSeries(approved, { fixed: [], step: 1 }))(0)).toBe(approved);
});

test('each later event has its own ids and time, and nothing else changes', async () => {
  const [first, later] = [jsonOf(approved), jsonOf((await seriesOf(approved))(7))];
  expect(later.event['id']).toBe('01799600-68ba-4415-ba3c-14c3a8e41bce');
  expect(later.event['event_reference_id']).toBe('6b04212c-686a-43e0-8a68-23cf5bee102e');
  expect(later.data['customer_id']).toBe(later.event['event_reference_id']);
  const time = (event: Record<string, string>) => Date.parse(event['created_at']!);
  expect(time(later.event) - time(first.event)).toBe(7);
  const { id, event_reference_id, created_at } = first.event;
  const { customer_id } = first.data;
  const restored = {
    event: { ...later.event, id, event_reference_id, created_at },
    data: { ...later.data, customer_id },
  };
  expect(restored).toEqual(first);
});

test('a thousand of them are a thousand different valid events', async () => {
  const series = await seriesOf(approved);
  const bodies = Array.from({ length: 1000 }, (_, round) => series(round));
  expect(new Set(bodies.map(body => jsonOf(body).event['id'])).size).toBe(1000);
  expect(bodies.flatMap(body => inspect(body).problems)).toEqual([]);
});

test('ids start over after the last possible one', async () => {
  const series = await seriesOf('{"event":{"id":"ffffffff-686a-43e0-8a68-23cf5bee102e"}}');
  expect(jsonOf(series(1)).event['id']).toBe('00000000-686a-43e0-8a68-23cf5bee102e');
});

test('values set by the user stay, and so does the rest of the text', async () => {
  const text = readFileSync(path.join(folder, 'vectors/full_2026-01.pretty2.json'));
  const later = (await seriesOf(text, { fixed: [['event', 'id']] }))(3);
  expect(jsonOf(later).event['id']).toBe(jsonOf(text).event['id']);
  const lines = [text, later].map(body => Buffer.from(body).toString().split('\n'));
  expect(lines[1]?.length).toBe(lines[0]?.length);
  const changed = lines[0]?.filter((line, index) => line !== lines[1]?.[index]).map(line => line.trim().split('"')[1]);
  expect(changed).toEqual(['event_reference_id', 'created_at', 'customer_id']);
});

const [one, other] = ['6b042125-686a-43e0-8a68-23cf5bee102e', '11111111-686a-43e0-8a68-23cf5bee102e'];
const event = { event: { id: other, event_reference_id: one }, data: { customer_id: one, note: one } };

test('an object set as a whole stays, but equal values elsewhere continue', async () => {
  const later = jsonOf((await seriesOf(JSON.stringify(event), { fixed: [['data']] }))(1));
  expect(later.event['event_reference_id']).toBe('6b042126-686a-43e0-8a68-23cf5bee102e');
  expect(later.data).toEqual(event.data);
});

test('a value set to an id’s value stays, and the id continues', async () => {
  const later = jsonOf((await seriesOf(JSON.stringify(event), { fixed: [['data', 'note']] }))(1));
  expect(later.data).toEqual({ customer_id: '6b042126-686a-43e0-8a68-23cf5bee102e', note: one });
});

test('a set value that is removed again doesn’t stop the series', async () => {
  const series = await seriesOf(JSON.stringify(event), { fixed: [['data', 'gone']] });
  expect(jsonOf(series(1)).data['customer_id']).not.toBe(one);
});

test.each([
  ['2026-01-18T09:08:18Z', 1, '2026-01-18T09:08:20Z'],
  ['2026-01-18T09:08:18Z', 3000, '2026-01-18T09:08:24Z'],
  ['2026-01-18T09:08:18.6Z', 1, '2026-01-18T09:08:18.8Z'],
  ['2026-01-18T09:08:18.999Z', 1, '2026-01-18T09:08:19.001Z'],
  ['2026-01-18T09:08:18.663000Z', 2000, '2026-01-18T09:08:22.663000Z'],
  ['2026-01-18T09:08:18.663123456Z', 1, '2026-01-18T09:08:18.665123456Z'],
  ['9999-12-31T23:59:59Z', 1, '9999-12-31T23:59:59Z'],
])('%s keeps its format, with a step of %i ms', async (time, step, second) => {
  const later = (await seriesOf(JSON.stringify({ event: { created_at: time } }), { step }))(2);
  expect(jsonOf(later).event['created_at']).toBe(second);
});

describe('a step across', () => {
  const at = (time: string) => Buffer.from(JSON.stringify({ event: { created_at: time } }));
  const [early, late] = [at('2026-01-18T09:08:18.663000Z'), at('2026-01-18T09:08:27.663000Z')];

  test.each([
    ['one event is the least there is', [early], 1],
    ['several goes past the last of them', [early, late], 10_000],
    ['several of one time leaves a second to each', [early, early, early], 3000],
    ['several without a time does, too', [Buffer.from('{}'), Buffer.from('no json')], 2000],
  ])('%s', (_, bodies, step) => {
    expect(stepAcross(bodies)).toBe(step);
  });
});

describe.each([
  ['no id at all', '{"data":{}}'],
  ['an id that isn’t a UUID', '{"event":{"id":"a.*","created_at":"yesterday"}}'],
  ['numbers for texts', '{"event":{"id":1,"created_at":2}}'],
  ['no JSON', 'not json'],
])('an event with %s', (_, text) => {
  test('is the same each time', async () => {
    expect(Buffer.from((await seriesOf(text))(5)).toString()).toBe(text);
  });
});
