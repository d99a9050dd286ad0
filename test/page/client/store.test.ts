import { expect, test } from 'vitest';
import type { ExchangeReport } from '../../../src/exchange/reports.js';
import type { Follower, Source } from '../../../src/page/client/source.js';
import { createStore } from '../../../src/page/client/store.js';
import { report, reports } from './reports.js';

/** A source with these requests, to which the test can add. */
function sourceOf(listed: readonly ExchangeReport[]): Source & { follower: () => Follower } {
  let follower: Follower | undefined;
  const never = () => Promise.reject(new Error('nobody asks for this'));
  return {
    info: { title: 'test', kind: 'listener', scheme: 'fin', target: null, canSign: false },
    list: ({ before = Number.POSITIVE_INFINITY, limit }) =>
      Promise.resolve({
        total: listed.length,
        requests: listed.filter(({ index }) => index < before).slice(0, limit),
      }),
    ...{ show: never, search: never, replay: never },
    follow: given => (follower = given),
    follower: () => follower!,
  };
}

test('a burst of requests is one change, whatever its size', async () => {
  const source = sourceOf(reports(2));
  const store = createStore(source);
  const lengths: number[] = [];
  store.start(({ list }) => lengths.push(list.all.length));
  await expect.poll(() => store.now().isLoading).toBe(false);
  const before = lengths.length;
  for (let index = 3; index <= 10_000; index += 1) source.follower().onExchange(report(index));
  expect(lengths).toHaveLength(before);
  await expect.poll(() => store.now().list.all.length).toBe(10_000);
  expect(lengths.slice(before)).toEqual([10_000]);
});

test('requests older ones once, until there are none left', async () => {
  const source = sourceOf(reports(2500));
  const store = createStore(source);
  store.start(() => undefined);
  const length = () => store.now().list.all.length;
  await expect.poll(length).toBe(1000);
  for (const expected of [2000, 2500, 2500]) {
    await expect.poll(() => store.now().isLoading).toBe(false);
    store.loadOlder();
    store.loadOlder();
    await expect.poll(length).toBe(expected);
  }
  expect(store.now().list.isComplete).toBe(true);
});
