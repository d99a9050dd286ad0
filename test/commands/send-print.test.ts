import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startProxy } from '../support/proxy.js';
import { startReceiver } from '../support/receiver.js';

const secret = 'canary_secret_of_the_test';
const env = { WEBHOOK_SECRET: secret };
const nowhere = 'http://127.0.0.1:1/hook?a=1';
const forms = ['http', 'curl', 'json'];
const made = ['-s', 'APPROVED', '--seed', '1', '--now', '2026-01-31T09:30:00Z'];

/** Splits an HTTP message at its first empty line. */
function parts(message: string): { start: string; headers: string[]; body: string } {
  const [head = '', body = ''] = message.split(/\r\n\r\n([^]*)/);
  const [start = '', ...lines] = head.split('\r\n');
  return { start, headers: lines.flatMap(line => line.split(/: (.*)/).slice(0, 2)), body };
}

describe('nothing is sent', () => {
  test.each([
    ['--dry-run'],
    ['--print', 'http'],
    ['--print', 'curl'],
    ['--print', 'json'],
    ['--print', 'JSON', '--dry-run'],
  ])('with %s %s', async (...flags) => {
    // prettier-ignore
    const { url, received } = await startReceiver();
    const { exitCode, stdout, stderr } = await webhookCli(['send', ...made, '--url', url, ...flags], { env });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).not.toBe('');
    expect(received).toEqual([]);
  });

  test('even if the receiver is down', async () => {
    for (const form of forms) {
      expect(await webhookCli(['send', ...made, '--url', nowhere, '--print', form], { env })).toMatchObject({ exitCode: 0, stderr: '' }); // prettier-ignore
    }
  });
});

test('--dry-run equals --print http', async () => {
  const [one, other] = [
    await webhookCli(['send', ...made, '--url', nowhere, '--dry-run'], { env }),
    await webhookCli(['send', ...made, '--url', nowhere, '--print', 'http'], { env }),
  ];
  expect(one).toEqual(other);
});

test('--print http prints exactly what the receiver would get', async () => {
  const { url, received } = await startReceiver();
  const line = ['send', ...made, '-H', 'X-Trace: 42', '--algorithm', 'sha512', '--url', `${url}hook?a=b%20c`];
  const { stdout } = await webhookCli([...line, '--print', 'http'], { env });
  await webhookCli(line, { env });
  const { start, headers, body } = parts(stdout);
  const [{ method, target, rawHeaders, body: sent }] = [received[0]!];
  expect(start).toBe(`${method} ${target} HTTP/1.1`);
  expect(body).toBe(sent.toString());
  // How connections are kept alive is between client and server, and isn't part of the request.
  const at = rawHeaders.indexOf('connection');
  expect(headers).toEqual([...rawHeaders.slice(0, at), ...rawHeaders.slice(at + 2)]);
});

test('--print json has the method, the URL, the headers and the bytes', async () => {
  const body = Buffer.from('00ff0d0a', 'hex');
  const line = ['send', '-', '--url', nowhere, '--print', 'json'];
  const { stdout, stderr } = await webhookCli(line, { env, stdin: Readable.from([body]) });
  expect(stderr).toContain("isn't a valid event");
  expect(JSON.parse(stdout)).toEqual({
    method: 'POST',
    url: nowhere,
    headers: [
      ['content-type', 'application/json'],
      ['user-agent', 'webhook-cli/0.0.0'],
      ['x-fin-signature', createHmac('sha256', secret).update(body).digest('hex')],
      ['x-fin-signature-algorithm', 'sha256'],
    ],
    bodyBase64: body.toString('base64'),
  });
  expect(stdout.split('\n')).toHaveLength(2);
});

test('--print curl, run by a shell, delivers what send would send', async () => {
  const { url, received } = await startReceiver();
  const folder = temporaryFolder();
  const file = path.join(folder, 'body');
  writeFileSync(file, Buffer.from('00ff0d0a2740', 'hex'));
  for (const source of [made, [file]]) {
    const line = ['send', ...source, '--url', url];
    const { stdout } = await webhookCli([...line, '--print', 'curl'], { env });
    const script = path.join(folder, 'script');
    writeFileSync(script, stdout);
    await promisify(execFile)('bash', [script], { env: { PATH: process.env['PATH'], NO_PROXY: '*' } });
    await webhookCli(line, { env });
    const [byCurl, bySend] = received.splice(0);
    expect(byCurl?.body.equals(bySend!.body)).toBe(true);
    const { accept, connection, ...headers } = byCurl?.headers ?? {};
    expect([accept, connection]).toEqual(['*/*', undefined]);
    expect({ ...headers, connection: 'keep-alive' }).toEqual(bySend?.headers);
  }
});

describe('--print curl goes through the proxy that send would use', () => {
  test.each([
    ['and names it', '', undefined],
    ['and names only its variable, which has a password', 'user:canary@', `Basic ${btoa('user:canary')}`],
  ])('%s', async (_, user, authorization) => {
    const { url, received } = await startReceiver();
    const proxy = await startProxy({ to: url });
    const target = 'http://receiver.invalid/in';
    const variables = { HTTP_PROXY: proxy.url.replace('//', `//${user}`), NO_PROXY: 'other.invalid' };
    const line = ['send', ...made, '--url', target, '--print', 'curl'];
    const { stdout } = await webhookCli(line, { env: { ...env, ...variables } });
    expect(stdout).not.toContain('canary@');
    const PATH = process.env['PATH'];
    // curl respects these variables and send doesn't, so the command spells everything out.
    await promisify(execFile)('bash', ['-c', stdout], { env: { PATH, ...variables, no_proxy: '*' } });
    expect(proxy.heard).toEqual([`POST ${target}`]);
    expect(proxy.users).toEqual([authorization]);
    expect(received).toHaveLength(1);
  }); // prettier-ignore

  test('and none with --no-proxy, or on this machine', async () => {
    const variables = { ...env, HTTP_PROXY: 'http://127.0.0.1:9' };
    for (const flags of [
      ['--url', 'http://receiver.invalid/', '--no-proxy'],
      ['--url', nowhere],
    ]) {
      const { stdout } = await webhookCli(['send', ...made, ...flags, '--print', 'curl'], { env: variables });
      expect(stdout).toContain("--noproxy '*'");
      expect(stdout).not.toContain('--proxy');
    }
  });
});

test('--print curl includes the TLS flags', async () => {
  const line = [
    'send',
    ...made,
    '--url',
    'https://localhost/',
    '--print',
    'curl',
    '--cacert',
    'my ca.pem',
    '--insecure',
  ];
  const { exitCode, stdout } = await webhookCli(line, { env });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("curl -q -sS -i --noproxy '*' --cacert 'my ca.pem' --insecure -X POST ");
});

test.each(forms)('--print %s prints each of several requests', async form => {
  const { stdout } = await webhookCli(['send', '-s', 'QUEUED,APPROVED', '--url', nowhere, '--print', form], { env });
  const statuses = form === 'json' ? stdout.split('\n').filter(Boolean).map(line => Buffer.from((JSON.parse(line) as { bodyBase64: string }).bodyBase64, 'base64').toString()).join('') : stdout; // prettier-ignore
  expect(statuses.match(/"customer_status":"(?:QUEUED|APPROVED)"/g)).toHaveLength(2);
});

test.each(forms)('--print %s with --json prints a report', async form => {
  const { stdout } = await webhookCli(['send', ...made, '--url', nowhere, '--print', form, '--json'], { env });
  expect(reportsIn(stdout)).toMatchObject([
    {
      type: 'prepared',
      seq: 1,
      form,
      method: 'POST',
      url: nowhere,
      curlFlags: [],
      bodyBase64: expect.any(String) as string,
    },
  ]);
});

test('the secret is nowhere in the output, in any form', async () => {
  for (const flags of [...forms.map(form => ['--print', form]), ['--dry-run', '--json'], ['--dry-run', '--debug']]) {
    const { stdout, stderr } = await webhookCli(['send', ...made, '--url', nowhere, ...flags], { env });
    const bytes = Buffer.from(secret);
    for (const spelling of [secret, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]) {
      expect(`${stdout}${stderr}`).not.toContain(spelling);
    }
  }
});

describe('invalid input is an error even if nothing is sent', () => {
  test.each([
    ['a remote receiver without a secret', ['-f', 'approved', '--url', 'https://example.com/'], {}, 2],
    ['an unknown fixture', ['-f', 'aproved', '--url', nowhere], env, 2],
    ['an unknown form', ['-f', 'approved', '--url', nowhere, '--print', 'yaml'], env, 2],
    ['a missing file', ['missing.json', '--url', nowhere], env, 65],
    ['an event that is no longer valid', ['-f', 'approved', '--unset', 'data.type', '--url', nowhere], env, 65],
  ])('%s', async (...[, flags, variables, exitCode]) => {
    const run = await webhookCli(['send', '--print', 'http', ...flags], { env: variables });
    expect(run).toMatchObject({ exitCode, stdout: '' });
  });

  test('but --unsigned needs no secret', async () => {
    const { exitCode, stdout } = await webhookCli([
      'send',
      ...made,
      '--unsigned',
      '--url',
      'https://example.com/',
      '--dry-run',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('x-fin-signature');
  });
});

test.each(forms)('on a terminal, --print %s shows nothing that would control it', async form => {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const shown = text(stdout);
  const stdin = Readable.from([Buffer.from('\u001b[2J\u009b31m::error::x\u202e\r\n')]);
  await webhookCli(['send', '-', '--url', nowhere, '--print', form], { env, stdin, stdout });
  stdout.end();
  expect(await shown).toMatch(/^[\n\x20-\x7e]+$/);
  expect(await shown).not.toContain('::error');
});
