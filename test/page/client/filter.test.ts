import { expect, test } from 'vitest';
import type { ExchangeReport } from '../../../src/exchange/reports.js';
import { eventNames, filtering, noFilter, sifting } from '../../../src/page/client/filter.js';
import { report, reports } from './reports.js';

const indicesIn = (list: readonly ExchangeReport[]): number[] => list.map(({ index }) => index);

/** Makes a list from its input, and counts how many items it has processed. */
function counting() {
  const looked: number[] = [];
  const sift = sifting(some => {
    looked.push(some.length);
    return some.map(({ index }) => index);
  });
  return { sift, looked };
}

test('processes requests added at the ends of a list once', () => {
  const { sift, looked } = counting();
  const list = reports(10_000);
  expect(sift(list.slice(100, 9000))).toHaveLength(8900);
  expect(sift(list.slice(50, 9000))).toHaveLength(8950);
  expect(sift(list.slice(50))).toHaveLength(9950);
  const all = sift(list);
  expect(all).toEqual(indicesIn(list));
  expect(sift(list)).toBe(all);
  expect(looked).toEqual([8900, 50, 1000, 50]);
});

test('processes a list again when a request is inserted in the middle', () => {
  const { sift } = counting();
  const [four, three, two, one] = reports(4) as [ExchangeReport, ExchangeReport, ExchangeReport, ExchangeReport];
  expect(sift([four, one])).toEqual([4, 1]);
  expect(sift([four, two, one])).toEqual([4, 2, 1]);
  expect(sift([four, three, two, one])).toEqual([4, 3, 2, 1]);
  expect(sift([two])).toEqual([2]);
  expect(sift([])).toEqual([]);
});

test('combines filters', () => {
  const accepted = { by: 'recording', isAccepted: true } as const;
  const list = [
    report(4, { verdict: accepted, answer: { status: 200 }, event: { type: 'customer.status' } }),
    report(3, { verdict: accepted, answer: { status: 503 }, event: { type: 'customer.status' } }),
    report(2, { verdict: { ...accepted, isAccepted: false }, answer: { status: 401 } }),
    report(1),
  ];
  expect(indicesIn(filtering({ ...noFilter, verdict: 'valid' }, undefined)(list))).toEqual([4, 3]);
  expect(indicesIn(filtering({ ...noFilter, verdict: 'valid', answer: '5xx' }, undefined)(list))).toEqual([3]);
  expect(indicesIn(filtering({ ...noFilter, answer: 'unknown' }, undefined)(list))).toEqual([1]);
  expect(indicesIn(filtering({ ...noFilter, event: 'customer.status' }, new Set([1, 4]))(list))).toEqual([4]);
  expect(filtering(noFilter, undefined)(list)).toBe(list);
});

test('the list of event names stays the same object until there’s a new name', () => {
  const namesIn = eventNames();
  const list = [report(3, { event: { type: 'b' } }), report(2, { event: { type: 'a' } }), report(1)];
  const names = namesIn(list);
  expect(names).toEqual(['a', 'b']);
  expect(namesIn([report(4, { event: { type: 'a' } }), ...list])).toBe(names);
});
