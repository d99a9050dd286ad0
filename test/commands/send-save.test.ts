import { createReadStream, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeRecord } from '../../src/recording/decode.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';
import { linesOf } from '../support/recording.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

async function recordsIn(file: string) {
  const decoded = [];
  for await (const line of linesOf(createReadStream(file))) if (line.length > 0) decoded.push(decodeRecord(line));
  return decoded.map(line => ('record' in line ? { ...line.record, body: line.body.toString() } : line));
}

test('records requests and responses separately', async () => {
  const { url } = await startReceiver(response =>
    response.writeHead(401, { 'set-cookie': 'session=hunter2' }).end('no'),
  );
  const cwd = temporaryFolder();
  const line = [
    'send',
    '-f',
    'approved',
    '-H',
    'authorization: Bearer hunter2',
    '--url',
    `${url}hook?x=1`,
    '--save',
    'new/sent.ndjson',
  ];
  expect(await webhookCli(line, { env, cwd })).toMatchObject({ exitCode: 1 });
  const file = path.join(cwd, 'new/sent.ndjson');
  const [sent, reply, ...others] = await recordsIn(file);
  expect(others).toEqual([]);
  expect(sent).toMatchObject({
    kind: 'sent',
    method: 'POST',
    target: '/hook?x=1',
    bodyLength: 622,
    redacted: ['authorization'],
  });
  expect(reply).toMatchObject({
    kind: 'reply',
    of: (sent as { id: string }).id,
    status: 401,
    body: 'no',
    redacted: ['set-cookie'],
  });
  expect(readFileSync(file, 'latin1')).not.toContain('hunter2');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('records a request without a response, and each attempt', async () => {
  const cwd = temporaryFolder();
  const line = ['send', '-f', 'approved', '--url', 'http://127.0.0.1:1/', '--retries', '1', '--save', 'sent.ndjson'];
  expect(await webhookCli(line, { env, cwd })).toMatchObject({ exitCode: 69 });
  expect((await recordsIn(path.join(cwd, 'sent.ndjson'))).map(record => 'kind' in record && record.kind)).toEqual([
    'sent',
    'sent',
  ]);
});

test('closes the recording at the end', async () => {
  const { url } = await startReceiver();
  const cwd = temporaryFolder();
  await webhookCli(['send', '-f', 'approved', '--url', url, '--save', 'sent.ndjson'], { env, cwd });
  await webhookCli(['replay', 'sent.ndjson', '--url', url, '--save', 'again.ndjson'], { env, cwd });
  expect(readFileSync(path.join(cwd, 'again.ndjson'), 'utf8')).toContain('"kind":"reply"');
  expect(openFiles().filter(file => file.startsWith(cwd))).toEqual([]);
});

/** Open files of this process, if the system lists them like Linux. */
const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap(descriptor => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The descriptor of the listing itself is gone.
      return [];
    }
  });

test('verify reads a recording made by send', async () => {
  const { url } = await startReceiver();
  const cwd = temporaryFolder();
  await webhookCli(['send', '-f', 'approved', '-f', 'rejected', '--url', url, '--save', 'sent.ndjson'], { env, cwd });
  const { exitCode, stdout } = await webhookCli(['verify', 'sent.ndjson'], { env, cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('✔ 2 read, 0 skipped: 2 valid');
});

test('a recording that can’t be written gives exit code 74, and nothing is sent', async () => {
  const { url, received } = await startReceiver();
  const line = ['send', '-f', 'approved', '--url', url, '--save', '/dev/null/sent.ndjson'];
  expect(await webhookCli(line, { env })).toMatchObject({ exitCode: 74 });
  expect(received).toEqual([]);
});

test('a response that can’t be recorded is still shown, and isn’t retried', async () => {
  const { url, received } = await startReceiver(response => response.writeHead(503).end());
  const line = ['send', '-f', 'approved', '--url', url, '--retries', '2', '--save', '/dev/full'];
  const { exitCode, stdout, stderr } = await webhookCli(line, { env });
  expect({ exitCode, requests: received.length }).toEqual({ exitCode: 74, requests: 1 });
  expect(stdout).toMatch(/\n← 503 .* expected 2xx\n/);
  expect(stderr).toContain("can't write to /dev/full");
});

test('a recording of sent requests shows their target', async () => {
  const { url } = await startReceiver();
  const file = path.join(temporaryFolder(), 'sent.ndjson');
  await webhookCli(['send', '-f', 'approved', '--url', `${url}hooks`, '--save', file], { env });
  const { stdout } = await webhookCli(['export', file, '--to', 'curl'], { env });
  expect(stdout).toContain(`${url}hooks`);
});
