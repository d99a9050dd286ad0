import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { env } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';
import { writeRecording } from './large-recording.js';

const mebibytes = Number(process.env['BENCH_MIB'] ?? 2048);
/** In kB, as Linux counts. */
const mostResident = 150 * 1000;
/** The HTTP client's share, where there is one. */
const client = 50 * 1000;

const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-bench-'));
const file = path.join(folder, 'recording.ndjson');

beforeAll(() => writeRecording(file, mebibytes), 0);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** How much memory a command took at most, in kB, and how it ended. What `feed` does goes on meanwhile. */
async function run(argv: readonly string[], feed?: (child: ChildProcess) => Promise<void>) {
  const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
  const begin = performance.now();
  const child = spawn('/usr/bin/env', ['node', bin, ...argv], {
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: [feed ? 'pipe' : 'ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  const fed = feed?.(child);
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, residentKilobytes(child.pid));
    await Promise.race([sleep(20), exited]);
  }
  await fed;
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(
    `${argv.join(' ')}: ${mebibytes} MiB, ${(peak / 1000).toFixed(0)} MB at most, ${seconds.toFixed(1)} s\n`,
  );
  return { exitCode: child.exitCode, peak };
}

function expectLittle({ exitCode, peak }: { exitCode: number | null; peak: number }, most = mostResident): void {
  expect(exitCode).toBe(0);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThanOrEqual(most);
}

test(`verify reads a recording of ${mebibytes} MiB in little memory`, async () => {
  expectLittle(await run(['verify', file, '--quiet']));
});

test('so it does from standard input', async () => {
  expectLittle(
    await run(['verify', '-', '--quiet'], async ({ stdin }) => {
      if (stdin) await pipeline(createReadStream(file), stdin);
    }),
  );
});

test('replay keeps of it no more than what is sent', async () => {
  const { url, received } = await startReceiver();
  expectLittle(await run(['replay', file, '--quiet', '--only', '1,8000', '--url', url]), mostResident + client);
  expect(received).toHaveLength(2);
});

/** 0 once it has ended. */
function residentKilobytes(pid: number | undefined): number {
  const [, size = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
  return Number(size);
}
