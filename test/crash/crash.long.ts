import { expect, test } from 'vitest';
import { killRounds } from './kill-loop.js';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 200);
const seed = Number(process.env['CRASH_SEED'] ?? 2);

test(`what was acknowledged before any of ${rounds} kills is recorded, each once`, async () => {
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
