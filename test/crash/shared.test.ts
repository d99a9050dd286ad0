import { expect, test } from 'vitest';
import { sharedRounds } from './shared-loop.js';
import { canPreload, preloadable } from '../support/preload/preload.js';

test('everything acknowledged by two listeners is found, even if their recording is deleted and renamed', async () => {
  const { acknowledged, refused, moves, ...found } = await sharedRounds({ rounds: 2 });
  expect(found).toEqual({ lost: [], doubled: [], corrupt: [], torn: 0 });
  expect({ acknowledged, refused }).toEqual({ acknowledged: 600, refused: 0 });
  expect(moves).toBeGreaterThan(1);
});

test.skipIf(!canPreload)(
  'everything acknowledged by two listeners is intact, even if the system writes records in pieces (needs Linux and cc)',
  async () => {
    const { lost, doubled, acknowledged, refused, torn } = await sharedRounds({
      rounds: 1,
      preload: preloadable('short-writes'),
    });
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    expect(acknowledged + refused).toBe(300);
    // Otherwise, the test would prove nothing.
    expect(torn).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  },
);
