import { expect, test } from 'vitest';
import { killRounds } from './kill-loop.js';
import { sharedRounds, type SharedFindings } from './shared-loop.js';
import { canPreload, preloadable } from '../support/preload/preload.js';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 200);
const seed = Number(process.env['CRASH_SEED'] ?? 2);

test(`everything acknowledged before any of ${rounds} kills is recorded, once each`, async () => {
  const { lost, doubled, corrupt, ...counts } = await killRounds(rounds, seed);
  process.stdout.write(`${JSON.stringify({ seed, ...counts, lost: lost.length, doubled: doubled.length })}\n`);
  expect({ lost, doubled, corrupt, refused: counts.refused }).toEqual({
    lost: [],
    doubled: [],
    corrupt: [],
    refused: 0,
  });
  expect(counts.acknowledged).toBeGreaterThanOrEqual(rounds);
});

function show(name: string, { lost, doubled, corrupt, ...counts }: SharedFindings): void {
  const found = { ...counts, lost: lost.length, doubled: doubled.length, corrupt: corrupt.length };
  process.stdout.write(`${JSON.stringify({ name, seed, ...found })}\n`);
}

test('everything acknowledged by two listeners is found, even if their recording is deleted and renamed', async () => {
  const found = await sharedRounds({ rounds: rounds / 10, seed });
  show('moved', found);
  expect(found).toMatchObject({ lost: [], doubled: [], corrupt: [], torn: 0, refused: 0 });
});

test('everything acknowledged by two listeners is intact, even if the system writes records in pieces', async context => {
  if (!canPreload) {
    process.stdout.write('short writes: skipped, because they need Linux and cc\n');
    context.skip();
  }
  const found = await sharedRounds({ rounds: rounds / 10, seed, preload: preloadable('short-writes') });
  show('short writes', found);
  expect(found).toMatchObject({ lost: [], doubled: [] });
  expect(found.torn).toBeGreaterThan(0);
});
