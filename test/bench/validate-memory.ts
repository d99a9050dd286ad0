import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, expect, test } from 'vitest';
import { createEventMaker } from '../support/events.js';
import { runMeasured } from './resident.js';

/** From Linux, in kB. */
const mostResident = 150 * 1000;
const now = new Date('2026-01-31T09:30:00Z');

const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-bench-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const maker = createEventMaker(1);
const anEvent = (): Uint8Array =>
  maker.events({ event: 'customer.status', statuses: ['APPROVED'], type: 'INDIVIDUAL', now })[0] ?? Buffer.alloc(0);

function* lines(bytes: number): Generator<Buffer> {
  for (let written = 0; written < bytes;) {
    const batch = Array.from({ length: 500 }, () => Buffer.from(anEvent()).toString()).join('\n');
    written += batch.length + 1;
    yield Buffer.from(`${batch}\n`);
  }
}

test('validate reads 500 MB of NDJSON in little memory', async () => {
  const file = path.join(folder, 'events.ndjson');
  await pipeline(Readable.from(lines(500e6)), createWriteStream(file));
  const { exitCode, peak } = await runMeasured(['validate', file, '--strict'], { home: folder });
  expect({ exitCode, isLittle: peak > 0 && peak <= mostResident }).toEqual({ exitCode: 0, isLittle: true });
});

test('validate checks 10,000 files in one run', async () => {
  const files = path.join(folder, 'files');
  mkdirSync(files);
  for (let index = 0; index < 10_000; index += 1) writeFileSync(path.join(files, `${index}.json`), anEvent());
  const { exitCode, peak } = await runMeasured(['validate', files, '--quiet', '--strict'], { home: folder });
  expect({ exitCode, isLittle: peak > 0 && peak <= mostResident }).toEqual({ exitCode: 0, isLittle: true });
});
