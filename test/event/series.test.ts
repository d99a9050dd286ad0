import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/event/inspect.js';
import { createSeries } from '../../src/event/series.js';

const folder = path.resolve(import.meta.dirname, '../../fixtures');
const approved = readFileSync(path.join(folder, 'events/approved.json'));

const jsonOf = (body: Uint8Array) =>
  JSON.parse(Buffer.from(body).toString()) as { event: Record<string, string>; data: Record<string, string> };

test('the first of a series is the event itself, byte for byte', () => {
  expect(createSeries(approved, [])(0)).toBe(approved);
});

test('each later one has ids and a time of its own, and nothing else has changed', () => {
  const [first, later] = [jsonOf(approved), jsonOf(createSeries(approved, [])(7))];
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

test('a thousand of them are a thousand events, and all of them are valid', () => {
  const series = createSeries(approved, []);
  const bodies = Array.from({ length: 1000 }, (_, round) => series(round));
  expect(new Set(bodies.map(body => jsonOf(body).event['id'])).size).toBe(1000);
  expect(bodies.flatMap(body => inspect(body).problems)).toEqual([]);
});

test('ids begin anew after the last one there can be', () => {
  const body = Buffer.from('{"event":{"id":"ffffffff-686a-43e0-8a68-23cf5bee102e"}}');
  expect(jsonOf(createSeries(body, [])(1)).event['id']).toBe('00000000-686a-43e0-8a68-23cf5bee102e');
});

test('what the user has set stays, and so does the rest of the text', () => {
  const text = readFileSync(path.join(folder, 'vectors/full_2026-01.pretty2.json'));
  const later = createSeries(text, [['event', 'id']])(3);
  expect(jsonOf(later).event['id']).toBe(jsonOf(text).event['id']);
  const lines = [text, later].map(body => Buffer.from(body).toString().split('\n'));
  expect(lines[1]?.length).toBe(lines[0]?.length);
  const changed = lines[0]?.filter((line, index) => line !== lines[1]?.[index]).map(line => line.trim().split('"')[1]);
  expect(changed).toEqual(['event_reference_id', 'created_at', 'customer_id']);
});

describe.each([
  ['no id at all', '{"data":{}}'],
  ['an id that is no UUID', '{"event":{"id":"a.*","created_at":"yesterday"}}'],
  ['numbers for texts', '{"event":{"id":1,"created_at":2}}'],
  ['no JSON', 'not json'],
])('an event with %s', (_, text) => {
  test('is the same each time', () => {
    expect(Buffer.from(createSeries(Buffer.from(text), [])(5)).toString()).toBe(text);
  });
});
