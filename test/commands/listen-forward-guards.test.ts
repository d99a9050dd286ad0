import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deliver } from '../crash/saving.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { approved, env, listening, signatureOf, signed, statusOf, stopped } from '../support/listening.js';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';

const body = approved.toString();
const signature = `x-fin-signature: ${signatureOf(body)['x-fin-signature']}`;

/** A verified event on the wire, with these header lines. */
const verified = (...head: string[]): string => post(body, signature, 'connection: close', ...head);

const answerTo = async (url: string, bytes: string): Promise<number[]> =>
  statusesIn(await (await rawClient(url, bytes)).ended);

describe('a hostile target stays on the host of the flag', () => {
  test.each([
    ['two slashes', '//HOST/x', '//HOST/x'],
    ['three slashes', '///HOST/x', '///HOST/x'],
    ['a backslash', '/\\HOST/x', '/\\HOST/x'],
    ['an at sign', '/@HOST/x', '/@HOST/x'],
    ['a whole URL', 'http://HOST/x', '/x'],
    ['a whole URL with a user name', 'http://a:b@HOST/x?y', '/x?y'],
    ['a whole URL without a path', 'HTTP://HOST?', '/?'],
    ['a whole URL of another kind', 'ws://HOST/../a\\b', '/../a\\b'],
  ])('with %s', async (_, pattern, expected) => {
    const evil = await startReceiver();
    const { host } = new URL(evil.url);
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--forward-to', to);
    const target = pattern.replace('HOST', host);
    const bytes = verified(`x-forwarded-host: ${host}`)
      .replace('POST / ', () => `POST ${target} `)
      .replace('host: x', `host: ${host}`);
    expect(await answerTo(url, bytes)).toEqual([200]);
    expect(evil.received).toEqual([]);
    expect(received.map(request => request.target)).toEqual([expected.replace('HOST', host)]);
    expect(received[0]!.headers.host).toBe(new URL(to).host);
  });
});

describe('a target that can’t be on the application', () => {
  const star = verified().replace('POST / ', 'POST * ');

  test('is refused', async () => {
    const { url: to, received } = await startReceiver();
    const { url, ...running } = await listening('--forward-to', to);
    expect(await answerTo(url, star)).toEqual([400]);
    const { stdout } = await stopped(running);
    expect(received).toEqual([]);
    expect(reportsIn(stdout)[1]).toMatchObject({ status: 400, refusal: 'wrong-target', target: '*' });
  });

  test.each([
    '/..',
    '/../admin',
    '/a/../../admin',
    '/%2e%2E/admin',
    '/.%2e',
    '/..\\admin',
    '/\\..\\admin',
    '/x/..%2fadmin',
    '/..;/admin',
  ])('is refused if it would leave the path of the flag: %s', async target => {
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--forward-to', `${to}hooks`);
    expect(
      await answerTo(
        url,
        verified().replace('POST / ', () => `POST ${target} `),
      ),
    ).toEqual([400]);
    expect(received).toEqual([]);
  });

  test('doesn’t matter if the flag names the place', async () => {
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--forward-to', `${to}hooks`);
    expect(await answerTo(url, star)).toEqual([200]);
    expect(received.map(request => request.target)).toEqual(['/hooks']);
  });
});

describe('the application doesn’t receive', () => {
  test.each([
    ['a wrong signature', post(body, `x-fin-signature: ${'0'.repeat(64)}`, 'connection: close'), [401]],
    ['no signature', post(body, 'connection: close'), [401]],
    ['two signatures', verified(signature), [401]],
    ['another method', verified().replace('POST', 'PUT'), [405]],
    ['a method without a body', 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', [405]],
    ['a request of a web page', verified('Origin: http://evil.example'), [403]],
    ['a request of a page without a name', verified('origin: null'), [403]],
    ['a request of a browser', verified('Sec-Fetch-Mode: no-cors'), [403]],
    ['a request that was followed by a browser', verified('SEC-FETCH-SITE: none'), [403]],
    ['bytes that aren’t HTTP', 'x\r\n\r\n', [400]],
  ])('%s', async (_, bytes, statuses) => {
    const { url: to, received } = await startReceiver();
    const { url, ...running } = await listening('--forward-to', to);
    expect(await answerTo(url, bytes)).toEqual(statuses);
    await stopped(running);
    expect(received).toEqual([]);
  });

  test.each([[[]], [['--forward-unverified']], [['--no-verify']]])('an incomplete body, with %j', async flags => {
    const { url: to, received } = await startReceiver();
    const { url, ...running } = await listening('--forward-to', to, ...flags);
    const { socket } = await rawClient(url, `POST / HTTP/1.1\r\nhost: x\r\n${signature}\r\ncontent-length: ${body.length + 1}\r\nexpect: 100-continue\r\n\r\n${body}`); // prettier-ignore
    await once(socket, 'data');
    socket.destroy();
    // Once a later good request has its response, this one has gone through.
    expect(await deliver(url, '{}', new Agent())).toBe(200);
    const { stdout } = await stopped(running);
    expect(reportsIn(stdout)).toContainEqual(expect.objectContaining({ refusal: 'body-incomplete' }));
    expect(received.map(request => request.body.toString())).toEqual(['{}']);
  });

  test.each([[[]], [['--forward-unverified']], [['--no-verify']]])(
    'wrong methods, wrong paths, large bodies and browsers, with %j',
    async flags => {
      const { url: to, received } = await startReceiver();
      const limits = ['--path', '/', '--max-body', String(body.length)];
      const { url } = await listening('--forward-to', to, ...limits, ...flags);
      expect(await answerTo(url, verified().replace('POST', 'DELETE'))).toEqual([405]);
      expect(await answerTo(url, verified().replace('POST /', 'POST /x'))).toEqual([404]);
      expect(await answerTo(url, verified('origin: http://localhost:3000'))).toEqual([403]);
      // Node's own fetch sends Sec-Fetch-Mode, like a browser.
      expect(await statusOf(url, signed(approved))).toBe(403);
      expect(await deliver(url, `${body} `, new Agent())).toBe(413);
      expect(received).toEqual([]);
    },
  );
});

describe('--forward-unverified', () => {
  test('forwards unverified requests and returns their responses, but counts them as refused', async () => {
    const { url: to, received } = await startReceiver(response => response.writeHead(202).end());
    const { url, ...running } = await listening('--forward-to', to, '--forward-unverified');
    expect(await answerTo(url, post(body, 'connection: close'))).toEqual([202]);
    expect(await answerTo(url, post('x', 'x-fin-signature: wrong', 'connection: close'))).toEqual([202]);
    expect(received.map(request => request.body.toString())).toEqual([body, 'x']);
    const reports = reportsIn((await stopped(running)).stdout);
    const request = reports.find(({ type }) => type === 'request');
    expect(request).toMatchObject({ status: 202, signature: { valid: false, reason: 'signature-missing' } });
    expect(reports.at(-1)).toMatchObject({ received: 2, accepted: 0, refused: 2 });
  });

  test('needs --forward-to', async () => {
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', '--forward-unverified'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--forward-unverified needs --forward-to');
  });
});

describe('--forward-to', () => {
  test('can’t be combined with --respond', async () => {
    const flags = ['--forward-to', 'http://127.0.0.1:1/', '--respond', '500'];
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', ...flags], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--respond and --forward-to were given together');
  });

  test.each([
    ['http://127.0.0.1:4665/', []],
    ['http://localhost:4665/hooks', []],
    ['http://[::1]:4665', []],
    ['http://127.0.0.1:4999', ['--port', '4999']],
    ['http://127.0.0.1/', ['--port', '80']],
    ['http://192.0.2.1:4665', ['--host', '192.0.2.1']],
  ])('%s leads back to the listener with %j', async (to, flags) => {
    const { exitCode, stderr } = await webhookCli(['listen', '--forward-to', to, ...flags], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--forward-to leads back to this listener');
  });

  test.each(['localhost:3000', 'ftp://127.0.0.1/', 'http://', 'http://a:canary@127.0.0.1/'])('%s is not an application', async to => {
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', '--forward-to', to], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--forward-to');
    expect(stderr).not.toContain('canary');
  }); // prettier-ignore
});

/** An address for a server that doesn't exist yet: everything is passed on to `to`, byte by byte. */
async function startRelay(): Promise<{ url: string; lead: (to: string) => void }> {
  let port = 0;
  const server = createServer(socket => {
    const onward = connect(port, '127.0.0.1');
    for (const side of [socket, onward]) side.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, lead: to => (port = Number(new URL(to).port)) };
}

test('two listeners that forward to each other end with 508', async () => {
  const relay = await startRelay();
  const first = await listening('--forward-to', relay.url);
  const second = await listening('--forward-to', first.url);
  relay.lead(second.url);
  expect(await deliver(first.url, body, new Agent())).toBe(508);
  const [ofSecond, ofFirst] = [await stopped(second), await stopped(first)];
  expect(reportsIn(ofSecond.stdout).filter(({ type }) => type === 'request')).toHaveLength(1);
  const requests = reportsIn(ofFirst.stdout).filter(({ type }) => type === 'request');
  expect(requests.map(({ status, refusal }) => [status, refusal])).toEqual([[508, 'loop'], [508, undefined]]); // prettier-ignore
});
