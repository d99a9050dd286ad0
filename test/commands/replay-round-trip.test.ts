import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { entriesOf } from '../support/recording.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening, stopped } from '../support/listening.js';

const bodies = {
  'an event': approved,
  FF: Buffer.from([0xff, 0x7b, 0xfe]),
  NUL: Buffer.from([0, 0x7b, 0, 0x7d, 0]),
  'byte-order-mark': Buffer.from('\ufeff{"a":1}'),
  CRLF: Buffer.from('\r\n{\r\n"a": 1\r\n}\r'),
  '1-MiB': Buffer.alloc(1024 * 1024, 'ÿ\0\r\n', 'latin1'),
  empty: Buffer.alloc(0),
};

/** A body that isn't an event is refused, but still recorded. */
const anyAnswer = ['--expect-status', '200,4xx'];

const sums = (all: readonly Uint8Array[]) => all.map(body => createHash('sha256').update(body).digest('hex'));

async function requestsIn(file: string) {
  const requests = [];
  for await (const entry of entriesOf(file)) {
    if (entry.kind === 'request') requests.push(entry.request);
  }
  return requests;
}

test('every byte stays the same from send to listen to verify to replay to listen', async () => {
  const cwd = temporaryFolder();
  const [first, second] = [path.join(cwd, 'first.ndjson'), path.join(cwd, 'second.ndjson')];
  for (const [name, body] of Object.entries(bodies)) writeFileSync(path.join(cwd, name), body);

  const receiver = await listening('--no-verify', '--save', first);
  const sent = await webhookCli(['send', ...Object.keys(bodies), '--url', receiver.url, ...anyAnswer], { cwd, env });
  expect(sent.exitCode).toBe(0);
  await stopped(receiver);

  const { exitCode, stdout } = await webhookCli(['verify', 'first.ndjson', '--json'], { cwd, env });
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout).at(-1)).toMatchObject({ read: 7, skipped: 0, valid: 7 });

  const other = await listening('--no-verify', '--save', second);
  expect(await webhookCli(['replay', 'first.ndjson', '--url', other.url, ...anyAnswer], { cwd })).toMatchObject({
    exitCode: 0,
  });
  await stopped(other);

  const [before, after] = [await requestsIn(first), await requestsIn(second)];
  expect(sums(before.map(({ body }) => body))).toEqual(sums(Object.values(bodies)));
  expect(sums(after.map(({ body }) => body))).toEqual(sums(Object.values(bodies)));
  const kept = ({ headers }: (typeof before)[number]) =>
    headers.filter(([name]) => !['host', 'connection', 'content-length'].includes(name.toLowerCase()));
  expect(after.map(kept)).toEqual(before.map(kept));
  expect(await webhookCli(['verify', 'second.ndjson'], { cwd, env })).toMatchObject({ exitCode: 0 });
});

const small = Object.entries(bodies).filter(([name]) => name !== '1-MiB');

test('HAR and raw HTTP written by export are replayed byte for byte', async () => {
  const cwd = temporaryFolder();
  for (const [name, body] of small) writeFileSync(path.join(cwd, name), body);
  const receiver = await listening('--no-verify', '--save', path.join(cwd, 'first.ndjson'));
  await webhookCli(['send', ...small.map(([name]) => name), '--url', receiver.url, ...anyAnswer], { cwd, env });
  await stopped(receiver);
  const { stdout } = await webhookCli(['export', 'first.ndjson', '--to', 'har', '--json'], { cwd });
  const [document] = reportsIn(stdout).map(({ documentBase64 }) => Buffer.from(String(documentBase64), 'base64'));
  writeFileSync(path.join(cwd, 'first.har'), document ?? '');
  const messages = await webhookCli(['export', 'first.ndjson', '--to', 'http', '--json'], { cwd });
  const names = reportsIn(messages.stdout).map(({ documentBase64 }, index) => {
    writeFileSync(path.join(cwd, `${index}.http`), Buffer.from(String(documentBase64), 'base64'));
    return `${index}.http`;
  });

  const other = await listening('--save', path.join(cwd, 'second.ndjson'), '--no-verify');
  const { exitCode } = await webhookCli(['replay', 'first.har', ...names, '--url', other.url, ...anyAnswer], { cwd });
  expect(exitCode).toBe(0);
  await stopped(other);
  const after = (await requestsIn(path.join(cwd, 'second.ndjson'))).map(({ body }) => body);
  expect(sums(after)).toEqual(sums([...small, ...small].map(([, body]) => body)));
});
