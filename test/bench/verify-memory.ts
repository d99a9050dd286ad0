import type { ChildProcess } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReceiver } from '../support/receiver.js';
import { writeRecording } from './large-recording.js';
import { runMeasured } from './resident.js';

const mebibytes = Number(process.env['BENCH_MIB'] ?? 2048);
/** From Linux, in kB. */
const mostResident = 150 * 1000;
/** The memory of the HTTP client, if there is one. */
const client = 50 * 1000;

const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-bench-'));
const file = path.join(folder, 'recording.ndjson');

beforeAll(() => writeRecording(file, mebibytes), 0);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (argv: readonly string[], feed?: (child: ChildProcess) => Promise<void>) =>
  runMeasured(argv, { home: folder, feed });

function expectLittle({ exitCode, peak }: { exitCode: number | null; peak: number }, most = mostResident): void {
  expect(exitCode).toBe(0);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThanOrEqual(most);
}

test(`verify reads a recording of ${mebibytes} MiB in little memory`, async () => {
  expectLittle(await run(['verify', file, '--quiet']));
});

test('verify reads it in little memory from standard input', async () => {
  expectLittle(
    await run(['verify', '-', '--quiet'], async ({ stdin }) => {
      if (stdin) await pipeline(createReadStream(file), stdin);
    }),
  );
});

test('replay keeps only what it sends', async () => {
  const { url, received } = await startReceiver();
  expectLittle(await run(['replay', file, '--quiet', '--only', '1,8000', '--url', url]), mostResident + client);
  expect(received).toHaveLength(2);
});
