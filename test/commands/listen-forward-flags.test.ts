import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { startSecureReceiver } from '../support/certificate.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening, signatureOf, stopped } from '../support/listening.js';
import { post, rawClient } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';

const signature = signatureOf(approved)['x-fin-signature'];

/** The response to a server that sends a signed event. */
async function deliver(url: string, ...head: string[]): Promise<string> {
  const [first = '', ...rest] = post('', `x-fin-signature: ${signature}`, 'connection: close', ...head).split('content-length: 0'); // prettier-ignore
  const { ended } = await rawClient(url, `${first}content-length: ${approved.length}${rest.join('')}${approved.toString('latin1')}`); // prettier-ignore
  return ended;
}

test('--forward-timeout limits the wait for the application, and a late response becomes 504', async () => {
  const { url: to } = await startReceiver(() => undefined);
  const { url, ...running } = await listening('--forward-to', to, '--forward-timeout', '50ms');
  expect(await deliver(url)).toMatch(/^HTTP\/1\.1 504 /);
  const { stdout } = await stopped(running);
  expect(reportsIn(stdout).find(({ type }) => type === 'forward')).toMatchObject({ status: null, failure: 'timeout' });
});

describe('--forward-header and --forward-host', () => {
  test('set headers of each request, replacing the sender’s', async () => {
    const { url: to, received } = await startReceiver();
    const flags = [
      '--forward-header',
      'X-Tenant: 5',
      '--forward-header',
      'x-tenant: 6',
      '--forward-header',
      'x-empty:',
    ];
    const { url } = await listening('--forward-to', to, ...flags, '--forward-host', 'shop.localhost:3000');
    expect(await deliver(url, 'x-TENANT: 1', 'x-kept: 2')).toMatch(/^HTTP\/1\.1 200 /);
    const [{ rawHeaders, headers } = { rawHeaders: [], headers: {} }] = received;
    expect(headers).toMatchObject({ 'x-tenant': '5, 6', 'x-kept': '2', 'x-empty': '', 'x-fin-signature': signature });
    expect(headers.host).toBe('shop.localhost:3000');
    expect(rawHeaders.filter(name => /^host$/i.test(name))).toHaveLength(1);
  });

  test.each([
    ['x-fin-signature', "--forward-header can't replace x-fin-signature"],
    ['Host', "--forward-header can't replace host\nhint: pass it with --forward-host"],
  ])('can’t replace %s', async (name, words) => {
    const argv = ['listen', '--port', '0', '--forward-to', 'http://127.0.0.1:1', '--forward-header', `${name}: x`];
    const { exitCode, stderr } = await webhookCli(argv, { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });

  test.each(['a b', 'a/b', 'http://a', 'a:b', ''])('refuse a host like "%s"', async host => {
    const argv = ['listen', '--port', '0', '--forward-to', 'http://127.0.0.1:1', '--forward-host', host];
    expect(await webhookCli(argv, { env })).toMatchObject({ exitCode: 2 });
  });
});

describe('an application with an untrusted certificate', () => {
  test('receives nothing', async () => {
    const { url: to, heard } = await startSecureReceiver();
    const { url, ...running } = await listening('--forward-to', to);
    expect(await deliver(url)).toMatch(/^HTTP\/1\.1 502 /);
    const { stdout } = await stopped(running);
    expect(reportsIn(stdout).find(({ type }) => type === 'forward')).toMatchObject({ failure: 'tls' });
    expect(heard()).toBe(0);
  });

  test('is trusted with --forward-cacert', async () => {
    const { url: to, certificate, heard } = await startSecureReceiver();
    const { url } = await listening('--forward-to', to, '--forward-cacert', certificate);
    expect(await deliver(url)).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard()).toBe(1);
  });

  test('is trusted with --forward-insecure, which warns', async () => {
    const { url: to, heard } = await startSecureReceiver();
    const { url, ...running } = await listening('--forward-to', to, '--forward-insecure');
    expect(await deliver(url)).toMatch(/^HTTP\/1\.1 200 /);
    const { stderr } = await stopped(running);
    expect(JSON.parse(stderr)).toEqual({
      type: 'warning',
      message: `--forward-insecure: anyone could impersonate ${new URL(to).host}`,
    });
    expect(heard()).toBe(1);
  });

  test('is not trusted with a file without certificates, and the error names the flag', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'empty.pem'), '');
    const to = ['--forward-to', 'https://127.0.0.1:1', '--forward-cacert'];
    expect(await webhookCli(['listen', '--port', '0', ...to, 'empty.pem'], { env, cwd })).toMatchObject({
      exitCode: 65,
    });
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', ...to, 'none.pem'], { env, cwd });
    expect(exitCode).toBe(65);
    expect(stderr).toContain('hint: --forward-cacert takes a file of PEM certificates');
  });
});

const dependent = [
  ['--forward-timeout', '1s'],
  ['--forward-header', 'a: b'],
  ['--forward-host', 'a'],
  ['--forward-cacert', 'a'],
  ['--forward-insecure'],
];

describe.each(dependent)('%s', (...flags) => {
  test('needs --forward-to', async () => {
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', ...flags], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${flags[0]} needs --forward-to\nhint: it sets the application`);
  });
});

test('work with the application that the configuration file names', async () => {
  const { url: to, received } = await startReceiver();
  const folder = temporaryFolder();
  const config = path.join(folder, 'webhook-cli.config.json');
  writeFileSync(config, JSON.stringify({ listen: { forwardTo: to } }));
  const { url } = await listening('--config', config, '--forward-header', 'x-tenant: 5');
  expect(await deliver(url)).toMatch(/^HTTP\/1\.1 200 /);
  expect(received[0]?.headers['x-tenant']).toBe('5');
});
