import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

/** A folder with `r.ndjson`, a recording of two requests that a receiver at `url` refused. */
async function recorded(): Promise<{ cwd: string; url: string; count: () => number }> {
  const cwd = temporaryFolder();
  const { url, received } = await startReceiver();
  const flags = ['--save', 'r.ndjson', '--url', url, '--quiet', '-H', 'x-trace: 7'];
  expect(await webhookCli(['send', '-f', 'approved', '-f', 'queued', ...flags], { cwd, env })).toMatchObject({
    exitCode: 0,
  });
  return { cwd, url, count: () => received.length };
}

test('replay --dry-run prints the recorded requests as they would be sent, and sends nothing', async () => {
  const { cwd, url, count } = await recorded();
  const line = ['replay', 'r.ndjson', '--url', `${url}again`, '--only', '1', '--dry-run'];
  const { exitCode, stdout } = await webhookCli(line, { cwd, env });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('POST /again HTTP/1.1\r\n');
  expect(stdout).toContain('x-trace: 7\r\n');
  expect(stdout).toContain(`x-fin-signature: ${signatureOf(approved)['x-fin-signature']}\r\n`);
  expect(stdout.endsWith(`\r\n\r\n${approved.toString()}`)).toBe(true);
  expect(count()).toBe(2);
});

test('it signs with --resign, and doesn’t need --allow-remote, since it sends nothing', async () => {
  const { cwd } = await recorded();
  const line = ['replay', 'r.ndjson', '--url', 'http://receiver.invalid/', '--resign', '--dry-run', '--json'];
  const { exitCode, stdout, stderr } = await webhookCli(line, {
    cwd,
    env: { WEBHOOK_SECRET: 'one that nobody else has' },
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const prepared = reportsIn(stdout);
  expect(prepared.map(({ type, seq }) => [type, seq])).toEqual([
    ['prepared', 1],
    ['prepared', 2],
  ]);
  const { headers } = prepared[0] as unknown as { headers: [string, string][] };
  expect(headers).toContainEqual([
    'x-fin-signature',
    signatureOf(approved, 'one that nobody else has')['x-fin-signature'],
  ]);
});

test('reports an error for a request that can’t be sent, and prints the others', async () => {
  const { cwd } = await recorded();
  writeFileSync(path.join(cwd, 'plain.http'), 'POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}');
  const line = ['replay', 'plain.http', 'r.ndjson', '--fresh', '--resign', '--dry-run', '--json'];
  const { exitCode, stdout, stderr } = await webhookCli(line, { cwd, env });
  expect(exitCode).toBe(65);
  expect(stderr).toContain('its body has no event id to replace');
  expect(reportsIn(stdout)).toHaveLength(2);
});

test.each(['--speed', '--concurrency'])('%s can’t be combined with a dry run', async flag => {
  const line = ['replay', 'r.ndjson', flag, flag === '--speed' ? '1x' : '2', '--dry-run'];
  const { exitCode, stderr } = await webhookCli(line, { cwd: temporaryFolder() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${flag} has no effect when nothing is sent`);
});
