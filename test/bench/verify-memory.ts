import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { encodeRecord } from '../../src/capture/record.js';
import { approved, env, signatureOf } from '../support/listening.js';

const mebibyte = 1024 ** 2;
const mebibytes = Number(process.env['BENCH_MIB'] ?? 2048);
/** In kB, as Linux counts. */
const mostResident = 150 * 1000;

test(`verify reads a recording of ${mebibytes} MiB in little memory`, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-bench-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'recording.ndjson');
  const requests = await writeRecording(file);

  const begin = performance.now();
  const child = spawn('/usr/bin/env', ['node', path.join(inject('builtPackage'), 'bin/webhook-cli.js'), 'verify', file, '--quiet'], {
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  }); // prettier-ignore
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, residentKilobytes(child.pid));
    await Promise.race([sleep(20), exited]);
  }
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(
    `${requests} requests, ${mebibytes} MiB: ${(peak / 1000).toFixed(0)} MB at most, ${seconds.toFixed(1)} s, ${(mebibytes / seconds).toFixed(0)} MiB/s\n`,
  );
  expect(child.exitCode).toBe(0);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThanOrEqual(mostResident);
});

/** Requests as Fin sends them; now and then one with a body of a mebibyte, the most that `listen` takes by default. */
async function writeRecording(file: string): Promise<number> {
  const [usual, large] = [recordOf(approved), recordOf(Buffer.concat([approved, Buffer.alloc(mebibyte - approved.length, ' ')]))]; // prettier-ignore
  const block = Buffer.concat([...Array.from({ length: 8000 }, () => usual), large]);
  const handle = await open(file, 'wx', 0o600);
  let requests = 0;
  try {
    for (let left = mebibytes * mebibyte; left > 0; left -= block.length, requests += 8001) {
      await handle.appendFile(block);
    }
  } finally {
    await handle.close();
  }
  return requests;
}

const recordOf = (body: Uint8Array): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: '0b1f6a3c5d7e9f10', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST' },
    ...{ target: '/webhooks/fin', httpVersion: '1.1', remote: '127.0.0.1:50000', complete: true, body },
    headers: [
      ['host', '127.0.0.1:4665'],
      ['content-type', 'application/json'],
      ['user-agent', 'webhook-cli/0.1.0'],
      ['x-fin-signature', signatureOf(body)['x-fin-signature']],
      ['x-fin-signature-algorithm', 'sha256'],
      ['content-length', String(body.length)],
    ],
    verdict: { valid: true, secret: 'WEBHOOK_SECRET' },
  });

/** 0 once it has ended. */
function residentKilobytes(pid: number | undefined): number {
  const [, size = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
  return Number(size);
}
