import { expect, test } from 'vitest';
import * as z from 'zod';
import { timestamp } from '../../src/event/envelope.js';

const schema = z.toJSONSchema(timestamp) as { pattern: string };

const isTime = (text: string): boolean => timestamp.safeParse(text).success;

test.each([
  '2026-01-18T09:08:21Z',
  '2026-01-18t09:08:21z',
  '2026-01-18T09:08:21.123456789Z',
  '2026-01-18T09:08:21.12345+05:30',
  '2026-01-18T09:08:21-23:59',
  '2024-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '2016-12-31T23:59:60Z',
])('%s is a time, and the JSON Schema accepts it', text => {
  expect([isTime(text), new RegExp(schema.pattern).test(text)]).toEqual([true, true]);
});

test.each([
  '2026-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-00-10T00:00:00Z',
  '2026-01-32T00:00:00Z',
  '2026-01-18T24:00:00Z',
  '2026-01-18T24:60:00Z',
  '2026-01-18T09:60:00Z',
  '2026-01-18T09:08:61Z',
  '2026-01-18T09:08:21+24:60',
  '2026-01-18T09:08:21+05:60',
  '2026-01-18 09:08:21Z',
  '2026-01-18T09:08:21',
  '2026-01-18T09:08:21Z\n',
])('%j isn’t a time, and the JSON Schema refuses it', text => {
  expect([isTime(text), new RegExp(schema.pattern).test(text)]).toEqual([false, false]);
});

test('Accepts every day of four centuries, and refuses days that don’t exist.', () => {
  const two = (number: number) => String(number).padStart(2, '0');
  const wrong: string[] = [];
  for (let index = 0; index <= 400 * 12 * 4; index += 1) {
    const [year, month, day] = [1900 + Math.floor(index / 48), Math.floor(index / 4) % 12, 28 + (index % 4)];
    const exists = new Date(Date.UTC(year, month, day)).getUTCMonth() === month;
    const text = `${year}-${two(month + 1)}-${two(day)}T00:00:00Z`;
    if (isTime(text) !== exists) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});
