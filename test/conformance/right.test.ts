import { expect, test } from 'vitest';
import { check, finCases as cases } from './checking.js';
import { startBehaviour } from './receiver.js';

test('a correct receiver passes every case', async () => {
  const { results, ...rest } = await check(await startBehaviour());
  expect(rest).toEqual({ ending: 'complete', failed: [], advice: [], causes: [] });
  expect(results.map(({ case: { id } }) => id)).toEqual(cases.map(({ id }) => id));
  expect(results.filter(({ outcome }) => outcome === 'not-run')).toEqual([]);
});
