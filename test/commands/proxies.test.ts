import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAuthority, startTlsReceiver } from '../support/authority.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { freePort } from '../support/free-port.js';
import { approved, listeningWith, signatureOf, stopped } from '../support/listening.js';
import { startBuilt } from '../support/process.js';
import { startProxy } from '../support/proxy.js';
import { post, rawClient } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';

const secret = { WEBHOOK_SECRET: 'test_secret' };

const send = (url: string, variables: Record<string, string>, ...flags: string[]) =>
  webhookCli(['send', '-f', 'approved', '--url', url, ...flags], { env: { ...secret, ...variables } });

/** The address of a proxy with a user name and a password. */
const withUser = (url: string): string => url.replace('//', '//canary-user:canary-password@');

describe('a receiver on http', () => {
  test('gets its requests through the proxy of HTTP_PROXY, byte for byte', async () => {
    const { url, received } = await startReceiver();
    const proxy = await startProxy({ to: url });
    const target = 'http://receiver.invalid:8080/hook?a=1';
    expect(await send(target, { HTTP_PROXY: proxy.url }, '--count', '3')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.heard).toEqual(Array.from({ length: 3 }, () => `POST ${target}`));
    expect(received).toHaveLength(3);
    for (const { headers, target: asked } of received) {
      expect(asked).toBe('/hook?a=1');
      expect(headers.host).toBe('receiver.invalid:8080');
      expect(headers['x-fin-signature']).toBeTruthy();
    }
  });

  test('never sees the password of the proxy, and neither does a recording', async () => {
    const { url, received } = await startReceiver();
    const proxy = await startProxy({ to: url });
    const save = path.join(temporaryFolder(), 'sent.ndjson');
    const run = await send('http://receiver.invalid/', { http_proxy: withUser(proxy.url) }, '--json', '--save', save);
    expect(proxy.users).toEqual([`Basic ${Buffer.from('canary-user:canary-password').toString('base64')}`]);
    expect(received.map(({ headers }) => headers['proxy-authorization'])).toEqual([undefined]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout + run.stderr + readFileSync(save, 'utf8')).not.toMatch(/canary|proxy-auth/i);
  });

  test.each([
    ['NO_PROXY', { NO_PROXY: '.invalid' }, []],
    ['--no-proxy', {}, ['--no-proxy']],
  ])('is reached without the proxy because of %s', async (_, variables, flags) => {
    const proxy = await startProxy({ to: 'http://127.0.0.1:1' });
    const { stderr } = await send('http://receiver.invalid/', { HTTP_PROXY: proxy.url, ...variables }, ...flags);
    expect(stderr).toContain('receiver.invalid');
    expect(proxy.heard).toEqual([]);
  });

  test.each(['--connect-to', '--unix-socket'])('is reached by %s, and not through the proxy', async flag => {
    const proxy = await startProxy({ to: 'http://127.0.0.1:1' });
    const place = flag === '--connect-to' ? `127.0.0.1:${await freePort()}` : '/nowhere/app.sock';
    expect(await send('http://receiver.invalid/', { HTTP_PROXY: proxy.url }, flag, place)).toMatchObject({
      exitCode: 69,
    });
    expect(proxy.heard).toEqual([]);
  });

  test('on this machine is reached without a proxy', async () => {
    const { url, received } = await startReceiver();
    expect(await send(url, { HTTP_PROXY: '::' })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(received).toHaveLength(1);
  });
});

describe('a receiver on https', () => {
  test.each([false, true])('gets its requests through a tunnel (proxy on https: %j)', async isSecure => {
    const authority = createAuthority();
    const { url } = await startTlsReceiver(authority.issue({ name: 'DNS:receiver.invalid' }));
    const proxy = await startProxy({ to: url, ...(isSecure && { identity: authority.issue() }) });
    const line = [
      'send',
      '-f',
      'approved',
      '--url',
      'https://receiver.invalid/hook',
      '--cacert',
      authority.certificate,
    ];
    // Node reads additional authorities only when it starts, and the proxy's certificate is checked like any other.
    const env = { ...secret, https_proxy: withUser(proxy.url), NODE_EXTRA_CA_CERTS: authority.certificate };
    const run = await (isSecure ? startBuilt(line, { env }).ended : webhookCli(line, { env }));
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proxy.heard).toEqual(['CONNECT receiver.invalid:443']);
    expect(proxy.users).toEqual([`Basic ${Buffer.from('canary-user:canary-password').toString('base64')}`]);
  });

  test('is checked through a tunnel', async () => {
    const authority = createAuthority();
    const { url } = await startTlsReceiver(authority.issue({ name: 'DNS:receiver.invalid' }));
    const proxy = await startProxy({ to: url });
    const line = ['check', 'https://receiver.invalid/', '--only', 'valid', '--allow-remote', '--wait', '5s'];
    const env = { ...secret, HTTPS_PROXY: proxy.url };
    expect(await webhookCli([...line, '--cacert', authority.certificate], { env })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(new Set(proxy.heard)).toEqual(new Set(['CONNECT receiver.invalid:443']));
  });
});

describe('a proxy that', () => {
  const targets = ['http://receiver.invalid/hook', 'https://receiver.invalid/hook'] as const;
  const variables = (url: string) => ({ HTTP_PROXY: url, HTTPS_PROXY: url });

  test.each(targets)('wants credentials gives exit code 69 for %s, without a retry', async target => {
    const proxy = await startProxy({ to: 'http://127.0.0.1:1', refusal: 407 });
    const { origin, protocol } = new URL(target);
    const run = await send(target, variables(proxy.url), '--retries', '3');
    expect(run.exitCode).toBe(69);
    expect(run.stderr).toBe(
      `error: the proxy ${proxy.url} returned 407, so nothing went to ${origin}\nhint: it needs a user name and a password: set ${protocol.slice(0, -1).toUpperCase()}_PROXY to http://user:password@host:port\n`,
    );
    expect(proxy.heard).toHaveLength(1);
    const other = await send(target, variables(withUser(proxy.url)));
    expect(other.stderr).toContain('hint: are the user name and the password in ');
    expect(other.stderr + other.stdout).not.toContain('canary');
  });

  test('makes no tunnel gives exit code 69, and its response is shown', async () => {
    const proxy = await startProxy({ to: 'http://127.0.0.1:1', refusal: 502 });
    const { exitCode, stderr } = await send(targets[1], variables(proxy.url));
    expect(exitCode).toBe(69);
    expect(stderr).toContain(
      `error: the proxy ${proxy.url} returned 502, so nothing went to https://receiver.invalid\n`,
    );
    expect(stderr).toContain('hint: can the proxy reach the receiver');
  });

  test.each(targets)('is not there gives exit code 69 for %s', async target => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { exitCode, stderr } = await send(target, variables(withUser(url)));
    expect(exitCode).toBe(69);
    expect(stderr).toContain(`error: the proxy ${url} can't be reached (ECONNREFUSED), so nothing went to `);
    expect(stderr).not.toContain('canary');
  });

  test('is not there ends a check, and no case passes', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const line = ['check', targets[0], '--only', 'valid', '--allow-remote'];
    const { exitCode, stdout, stderr } = await webhookCli(line, { env: { ...secret, ...variables(url) } });
    expect(exitCode).toBe(69);
    expect(stdout).not.toContain('1 passed');
    expect(stderr).toContain(`the proxy ${url} can't be reached (ECONNREFUSED)`);
  });

  test('has no URL gives exit code 2, and the variable isn’t shown', async () => {
    const { exitCode, stderr } = await send(targets[0], variables('socks5://canary:canary@proxy.invalid'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: HTTP_PROXY: its value isn't the URL of an HTTP proxy");
    expect(stderr).not.toContain('canary');
  });
});

describe('listen --forward-to a remote application', () => {
  const answerOf = async (url: string): Promise<string> => {
    const head = [`x-fin-signature: ${signatureOf(approved)['x-fin-signature']}`, 'connection: close'];
    return (await rawClient(url, post(approved.toString(), ...head))).ended;
  };

  test('goes through the proxy', async () => {
    const { url: to, received } = await startReceiver();
    const proxy = await startProxy({ to });
    const { url } = await listeningWith({ HTTP_PROXY: proxy.url }, '--forward-to', 'http://application.invalid/hook');
    expect(await answerOf(url)).toContain('HTTP/1.1 200');
    expect(proxy.heard).toEqual(['POST http://application.invalid/hook']);
    expect(received.map(({ body }) => body.equals(approved))).toEqual([true]);
  });

  test('returns 502 if the proxy makes no connection', async () => {
    const proxy = await startProxy({ to: 'http://127.0.0.1:1', refusal: 407 });
    const listener = await listeningWith({ HTTP_PROXY: proxy.url }, '--forward-to', 'http://application.invalid/');
    expect(await answerOf(listener.url)).toContain('HTTP/1.1 502');
    const { stdout } = await stopped(listener);
    expect(reportsIn(stdout)).toContainEqual(expect.objectContaining({ type: 'forward', failure: 'proxy' }));
  });

  test('doesn’t start with a proxy that has no URL', async () => {
    const line = ['listen', '--port', '0', '--forward-to', 'http://application.invalid/'];
    const { exitCode, stderr } = await webhookCli(line, { env: { ...secret, HTTP_PROXY: 'socks5://proxy.invalid' } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: HTTP_PROXY: ');
  });
});
