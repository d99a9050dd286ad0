import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pause } from '../../src/sender/deliver.js';

const month = 30 * 24 * 3_600_000;

test('a wait longer than any Node timer isn’t over at once, and ends when the user stops it', async () => {
  const stop = new AbortController();
  const waiting = pause(month, stop.signal).then(() => 'over');
  // Such a timer would fire after a millisecond, so this one can't overtake it.
  expect(await Promise.race([waiting, sleep(50, 'still waiting')])).toBe('still waiting');
  stop.abort();
  expect(await waiting).toBe('over');
  await pause(month, stop.signal);
});
