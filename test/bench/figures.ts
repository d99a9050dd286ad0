import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/cli.js';
import { makeBed } from './bed.js';
import { receiving, sending } from './load.js';
import { sizes } from './package.js';
import { signing } from './signing.js';
import { startup } from './startup.js';
import { streaming } from './streaming.js';
import { documentOf, tableOf } from './table.js';

const pairs = Number(process.env['BENCH_PAIRS'] ?? 9);
const parts = { startup, sending, signing, sizes, receiving, streaming };
// The others take more than five minutes.
const wanted = (process.env['BENCH_PARTS'] ?? 'startup,sending,signing,sizes').split(',');

test('measures every figure against its floor or peer', async () => {
  const bed = makeBed();
  const rows = [];
  for (const [name, part] of Object.entries(parts)) if (wanted.includes(name)) rows.push(...(await part(bed, pairs)));
  const [now, folder] = [new Date(), path.join(root, 'bench')];
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'figures.json'), documentOf(rows, now));
  writeFileSync(path.join(folder, 'figures.md'), tableOf(rows, now));
  process.stdout.write(`\n${tableOf(rows, now)}\n`);
  // A missed target is reported but doesn't fail, since it also depends on the machine.
  expect(rows).not.toEqual([]);
});
