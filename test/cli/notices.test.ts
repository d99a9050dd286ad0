import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startCli } from '../support/cli.js';

/** Each of them is a separate failure, and their names alone are longer than the limit. */
const missing = Array.from({ length: 6000 }, (_, index) => `missing-${index}-${'x'.repeat(200)}`);

const [env, mebibyte] = [{ WEBHOOK_SECRET: 'test_secret' }, 1024 ** 2];

test('unread messages are kept up to a limit, and the rest is counted', async () => {
  const stderr = new PassThrough();
  const { ended } = startCli(['verify', ...missing], { env, stderr });
  // The file system answers at its own pace, and nothing is printed until all are done.
  await expect.poll(() => stderr.writableLength).toBeGreaterThan(mebibyte);
  expect(stderr.writableLength).toBeLessThan(1.1 * mebibyte);
  const said = text(stderr);
  expect((await ended).exitCode).toBe(65);
  stderr.end();
  const lines = (await said).trimEnd().split('\n');
  const shown = lines.filter(line => line.startsWith('error:')).length;
  const counts = lines.map(line => /^warning: (\d+) messages were dropped/.exec(line)?.[1]).filter(Boolean);
  expect(counts.length).toBeGreaterThan(0);
  expect(shown + counts.reduce((sum, count) => sum + Number(count), 0)).toBe(missing.length);
});

test('a reader that reads nothing doesn’t stop SIGTERM from ending the process', async () => {
  const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
  const child = spawn(process.execPath, [bin, 'verify', ...missing], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  // The summary comes after everything has failed.
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await exit).toEqual([143, null]);
});
