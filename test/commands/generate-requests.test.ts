import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env, listening } from '../support/listening.js';
import { runInK6 } from '../support/k6.js';
import { startReceiver } from '../support/receiver.js';
import { harRequests } from '../support/recording.js';

const url = 'http://127.0.0.1:3000/hook?a=b%20c';
const fixed = ['--seed', '1', '--now', '2026-01-31T09:30:00Z'];
const run = promisify(execFile);

/** A body beyond ASCII, whose bytes careless code would change. */
const events = ['--event', 'transaction.status', '--count', '3', '--set', 'data.hash=Žofie ☂ ::x', ...fixed];

async function generate(...flags: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await webhookCli(['generate', ...flags], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

const requests = (format: string, target = url): Promise<string> =>
  generate(...events, '--signed', '--format', format, '--url', target);

const bodies = async (): Promise<string[]> => (await generate(...events)).trimEnd().split('\n');

async function verified(file: string): Promise<unknown[]> {
  const { stdout } = await webhookCli(['verify', file, '--json'], { env });
  return reportsIn(stdout).filter(({ type }) => type === 'verification').map(({ valid }) => valid); // prettier-ignore
}

test('har is a HAR file: our reader finds the same bytes, and verify accepts every signature', async () => {
  const file = path.join(temporaryFolder(), 'requests.har');
  writeFileSync(file, await requests('har'));
  const read = harRequests(readFileSync(file));
  expect(read.map(({ body }) => Buffer.from(body).toString())).toEqual(await bodies());
  expect(read.map(({ method, target, receivedAt }) => ({ method, target, receivedAt }))).toEqual(
    [0, 1, 2].map(second => ({ method: 'POST', target: '/hook?a=b%20c', receivedAt: `2026-01-31T09:30:0${second}.000Z` })), // prettier-ignore
  );
  expect(await verified(file)).toEqual([true, true, true]);
});

test('http writes one raw message per file', async () => {
  const folder = temporaryFolder();
  await generate(...events, '--signed', '--url', url, '--out', folder);
  const files = readdirSync(folder).map(file => path.join(folder, file));
  expect(files).toHaveLength(3);
  for (const [index, file] of files.entries()) {
    const [head = '', body] = readFileSync(file, 'utf8').split('\r\n\r\n');
    expect(head).toMatch(/^POST \/hook\?a=b%20c HTTP\/1\.1\r\nhost: 127\.0\.0\.1:3000\r\n/);
    expect(body).toBe((await bodies())[index]);
    expect(await verified(file)).toEqual([true]);
  }
});

test('each format writes whole documents with --out', async () => {
  for (const format of ['har', 'k6', 'vegeta', 'curl']) {
    const folder = temporaryFolder();
    await generate(...events, '--signed', '--url', url, '--out', folder, '--format', format);
    const files = readdirSync(folder).map(file => readFileSync(path.join(folder, file), 'utf8'));
    expect(files).toHaveLength(3);
    if (format === 'har') expect(files.flatMap(text => harRequests(Buffer.from(text)))).toHaveLength(3);
    if (format === 'k6') expect(files.every(text => text.startsWith('//') && text.endsWith('}\n'))).toBe(true);
  }
});

test('a listener accepts the deliveries of curl commands', async () => {
  const { url: target, ended } = await listening('--count', '3');
  const script = path.join(temporaryFolder(), 'script');
  writeFileSync(script, await requests('curl', target));
  await run('bash', [script], { env: { PATH: process.env['PATH'] } });
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout)).toContainEqual(expect.objectContaining({ type: 'summary', accepted: 3 }));
});

describe('vegeta', () => {
  interface Target {
    method: string;
    url: string;
    header: Record<string, string[]>;
    body: string;
  }

  const targetsIn = (text: string): Target[] =>
    text.trimEnd().split('\n').map(line => JSON.parse(line) as Target); // prettier-ignore

  test('has one target per line, with the body in base64', async () => {
    const targets = targetsIn(await requests('vegeta'));
    expect(targets.map(({ body }) => Buffer.from(body, 'base64').toString())).toEqual(await bodies());
    expect(targets.map(each => ({ ...each, header: {}, body: '' }))).toEqual(Array(3).fill({ method: 'POST', url, header: {}, body: '' })); // prettier-ignore
  });

  test('spells header names as Go does, and keeps every value of a repeated one', async () => {
    const flags = [
      '--signed',
      '--format',
      'vegeta',
      '--url',
      url,
      '-H',
      'x-tag: 1',
      '-H',
      'X-TAG: 2',
      '-H',
      'User-agent: me',
    ];
    const [target] = targetsIn(await generate(...fixed, ...flags));
    expect(target?.header).toEqual({
      'Content-Type': ['application/json'],
      'User-Agent': ['me'],
      'X-Fin-Signature': [expect.stringMatching(/^[0-9a-f]{64}$/)],
      'X-Fin-Signature-Algorithm': ['sha256'],
      'X-Tag': ['1', '2'],
    });
  });
});

test('the k6 script sends each request once, with the exact bytes that were signed', async () => {
  const { url: target, received } = await startReceiver();
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'script.js'), await requests('k6', target));
  await runInK6(folder, 'script.js');
  expect(received.map(({ body }) => body.toString())).toEqual(await bodies());
  const [first] = received;
  expect(first?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'webhook-cli/0.0.0' });
  const recording = path.join(folder, 'first.http');
  const head = [`POST / HTTP/1.1`, `x-fin-signature: ${String(first?.headers['x-fin-signature'])}`, `content-length: ${first!.body.length}`]; // prettier-ignore
  writeFileSync(recording, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), first!.body]));
  expect(await verified(recording)).toEqual([true]);
});

test.each(['http', 'curl', 'har', 'vegeta', 'wrk', 'k6'])(
  '%s has the same bytes for the same seed and time',
  async format => {
    const flags = ['--signed', '--format', format, '--url', url, ...fixed];
    expect(await generate(...flags)).toBe(await generate(...flags));
  },
);

test('signs with the development secret only for this machine, and never prints it', async () => {
  const home = { homeDirectory: temporaryFolder() };
  expect(await webhookCli(['generate', '--signed', '--url', url], home)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await webhookCli(['generate', '--signed', '--url', 'https://hooks.example.com/'], home)).toMatchObject({ exitCode: 2, stdout: '' }); // prettier-ignore
});
