import { expect, test } from 'vitest';
import { killRounds } from './kill-loop.js';

test('everything acknowledged before a kill is recorded, once each', async () => {
  const { acknowledged, ...found } = await killRounds(8);
  expect(found).toMatchObject({ rounds: 8, lost: [], doubled: [], corrupt: [], refused: 0 });
  expect(acknowledged).toBeGreaterThanOrEqual(8);
});
