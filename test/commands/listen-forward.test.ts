import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../../src/http/header.js';
import { reportsIn } from '../support/cli.js';
import { approved, listening, signatureOf, stopped } from '../support/listening.js';
import { post, rawClient } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';

/** Sends like a server: `fetch` would add a browser's headers. */
async function send(url: string, body: Uint8Array | string, headers: Record<string, string> = {}) {
  const client = request(url, { method: 'POST', agent: false, headers }).end(body);
  const [response] = (await once(client, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: pairsOf(response.rawHeaders), body: await buffer(response) };
}

/** Without the headers that each side of a connection writes itself. */
const ownHeaders = (raw: string[]) =>
  pairsOf(raw).filter(([name]) => !['host', 'connection', 'content-length'].includes(name.toLowerCase()));

describe('the application gets', () => {
  test.each([
    ['FF', Buffer.from('ff', 'hex')],
    ['NUL', Buffer.from('00', 'hex')],
    ['a byte order mark', Buffer.from('efbbbf7b7d', 'hex')],
    ['CR and LF', Buffer.from('0d0a0d0a0a0d', 'hex')],
    ['broken UTF-8', Buffer.from('c328', 'hex')],
    ['nothing', Buffer.alloc(0)],
    ['1 MiB of chance', randomBytes(1024 ** 2)],
  ])('a body of %s byte for byte, signed or not', async (_, body) => {
    const { url: to, received } = await startReceiver();
    const careless = await listening('--no-verify', '--forward-to', to);
    expect(await send(careless.url, body)).toMatchObject({ status: 200 });
    const careful = await listening('--forward-to', to);
    expect(await send(careful.url, body, signatureOf(body))).toMatchObject({ status: 200 });
    expect(received.map(({ body: got }) => got.equals(body))).toEqual([true, true]);
    expect(received.map(({ headers }) => headers['content-length'])).toEqual([`${body.length}`, `${body.length}`]);
  });

  test('a chunked body as a whole', async () => {
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--no-verify', '--forward-to', to);
    const chunks = '2\r\n{"\r\n3\r\na":\r\n2\r\n1}\r\n0\r\n\r\n';
    const head = 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n';
    expect(await (await rawClient(url, head + chunks)).ended).toMatch(/^HTTP\/1\.1 200 /);
    expect(received.map(({ body }) => body.toString())).toEqual(['{"a":1}']);
    expect(received[0]!.headers).not.toHaveProperty('transfer-encoding');
  });

  test('the end-to-end headers in their order and case, with repetitions, and its own host', async () => {
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--no-verify', '--forward-to', to);
    const kept = ['X-First: 1', 'content-TYPE: a/b; c="d"', 'x-odd: \xe9\xff', 'X-ODD: 2', 'Authorization: Bearer me', 'cookie: a=1', 'x-empty:', 'X-Last: 9']; // prettier-ignore
    const client = await rawClient(url, Buffer.from(post('{}', ...kept, 'connection: close'), 'latin1'));
    await client.ended;
    const [{ rawHeaders, headers } = { rawHeaders: [], headers: {} }] = received;
    const [via, ...others] = ownHeaders(rawHeaders).reverse();
    expect(others.reverse()).toEqual([
      ['X-First', '1'],
      ['content-TYPE', 'a/b; c="d"'],
      ['x-odd', '\xe9\xff'],
      ['X-ODD', '2'],
      ['Authorization', 'Bearer me'],
      ['cookie', 'a=1'],
      ['x-empty', ''],
      ['X-Last', '9'],
    ]);
    expect(via).toEqual(['via', expect.stringMatching(/^1\.1 webhook-cli-/)]);
    expect(headers.host).toBe(new URL(to).host);
  });

  test('no hop-by-hop headers', async () => {
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--no-verify', '--forward-to', to);
    const hops = ['Keep-Alive: timeout=5', 'TE: trailers', 'Trailer: x-t', 'Upgrade: h2c', 'Proxy-Authorization: Basic eA==', 'proxy-connection: keep-alive', 'Proxy-Authenticate: x', 'X-Private: 1', 'x-other: 2', 'x-kept: 3']; // prettier-ignore
    const named = ['connection: close, X-PRIVATE ,upgrade', 'Connection: x-other'];
    await (
      await rawClient(url, post('{}', ...hops, ...named))
    ).ended;
    expect(ownHeaders(received[0]!.rawHeaders)).toEqual([['x-kept', '3'], ['via', expect.anything()]]); // prettier-ignore
  });

  test('a verified body that isn’t an event, too', async () => {
    const { url: to, received } = await startReceiver(response => response.writeHead(202).end());
    const { url } = await listening('--forward-to', to);
    expect(await send(url, '{"a":1}', signatureOf('{"a":1}'))).toMatchObject({ status: 202 });
    expect(received).toHaveLength(1);
  });

  test.each([
    ['', '/own/path?q=1&q=2', '/own/path?q=1&q=2'],
    ['', '/a%2Fb%20c', '/a%2Fb%20c'],
    ['hooks/fin', '/?tenant=5', '/hooks/fin?tenant=5'],
    ['hooks/fin', '/own/path?q=1', '/hooks/fin/own/path?q=1'],
    ['hooks/fin', '/own/', '/hooks/fin/own/'],
    ['hooks/fin', '/hooks/fin?q=1', '/hooks/fin?q=1'],
    ['hooks/fin', '/hooks/fin/2', '/hooks/fin/2'],
    ['hooks/fin', '/hooks/final', '/hooks/fin/hooks/final'],
    ['hooks/', '/', '/hooks/'],
    ['hooks/', '/own', '/hooks/own'],
    ['hooks?key=1', '/', '/hooks?key=1'],
    ['hooks?key=1', '/own?q=1&q=2', '/hooks/own?key=1&q=1&q=2'],
    ['?key=1', '/own', '/own?key=1'],
  ])('with "%s" in the flag, for %s the target %s', async (suffix, target, expected) => {
    const { url: to, received } = await startReceiver();
    const { url } = await listening('--forward-to', to + suffix);
    await send(url + target, approved, signatureOf(approved));
    expect(received.map(request => request.target)).toEqual([expected]);
  });
});

test('a request for --path goes to the exact URL of --forward-to, and the report says so', async () => {
  const { url: to, received } = await startReceiver();
  const { url, ...running } = await listening('--path', '/in', '--forward-to', `${to}hooks/fin`);
  await send(`${url}/in?tenant=5`, approved, signatureOf(approved));
  expect(received.map(request => request.target)).toEqual(['/hooks/fin?tenant=5']);
  const { stdout } = await stopped(running);
  expect(reportsIn(stdout).find(({ type }) => type === 'forward')).toMatchObject({
    url: `${to}hooks/fin?tenant=5`,
  });
});

test('the application gets every target byte for byte', async () => {
  const { url: to, received } = await startReceiver();
  const { url } = await listening('--no-verify', '--forward-to', to);
  const targets = ['/a/../b', '/./a/..', '/%2e%2e/x', '/a\\b', `/"'\`<>^|`, '/{a}[1-3]?{}', '/x?', '/?', '/x?a=\'"#f', '/#a#b', '/%zz%', '//x/', '/x;y=1,2', '/:80']; // prettier-ignore
  for (const target of targets) {
    const client = await rawClient(
      url,
      post('{}', 'connection: close').replace('POST / ', () => `POST ${target} `),
    );
    expect(await client.ended).toMatch(/^HTTP\/1\.1 200 /);
  }
  expect(received.map(request => request.target)).toEqual(targets);
});

describe('the sender gets', () => {
  test.each([200, 201, 302, 400, 401, 404, 418, 500, 503])(
    'the application’s %i with its headers and body',
    async status => {
      const body = Buffer.concat([Buffer.from('00ff0d0aefbbbf', 'hex'), randomBytes(1000)]);
      const kept = ['X-First', '1', 'x-odd', '\xe9\xff', 'set-cookie', 'a=1', 'Content-Type', 'a/b', 'Set-Cookie', 'b=2', 'content-ENCODING', 'gzip', 'Date', 'then']; // prettier-ignore
      const { url: to } = await startReceiver(response => {
        response.writeHead(status, kept).end(body);
      });
      const { url } = await listening('--forward-to', to);
      const answer = await send(url, approved, signatureOf(approved));
      expect([answer.status, answer.body.equals(body)]).toEqual([status, true]);
      expect(ownHeaders(answer.headers.flat())).toEqual(pairsOf(kept));
      expect(answer.headers).toContainEqual(['content-length', String(body.length)]);
    },
  );

  test('all of a response of 1 MiB', async () => {
    const body = randomBytes(1024 ** 2);
    const { url: to } = await startReceiver(response => response.end(body));
    const { url } = await listening('--forward-to', to);
    const answer = await send(url, approved, signatureOf(approved));
    expect([answer.status, answer.body.equals(body)]).toEqual([200, true]);
  });

  test('502 for a larger response, and no part of it', async () => {
    const { url: to } = await startReceiver(response => response.end(Buffer.alloc(1024 ** 2 + 1, 'x')));
    const { url } = await listening('--forward-to', to);
    const answer = await send(url, approved, signatureOf(approved));
    expect([answer.status, answer.body.toString()]).toEqual([502, 'Bad Gateway\n']);
  });

  test('no headers that concern the application’s connection only', async () => {
    const hops = ['Keep-Alive', 'timeout=99', 'Proxy-Authenticate', 'Basic', 'Connection', 'X-Hop', 'x-hop', '1', 'x-kept', '2', 'Date', 'then']; // prettier-ignore
    const { url: to } = await startReceiver(response => response.writeHead(200, hops).end('x'));
    const { url } = await listening('--forward-to', to);
    const { headers } = await send(url, approved, signatureOf(approved));
    expect(ownHeaders(headers.flat())).toEqual([['x-kept', '2'], ['Date', 'then']]); // prettier-ignore
  });

  test.each([204, 304])('%i without a body', async status => {
    const { url: to } = await startReceiver(response => response.writeHead(status, { 'x-kept': '1' }).end());
    const { url } = await listening('--forward-to', to);
    const answer = await send(url, approved, signatureOf(approved));
    expect([answer.status, answer.body.length]).toEqual([status, 0]);
    expect(answer.headers).toContainEqual(['x-kept', '1']);
    expect(answer.headers.map(([name]) => name)).not.toContain('content-length');
  });

  test('a redirect as it is, without following it', async () => {
    const elsewhere = await startReceiver();
    const { url: to, received } = await startReceiver(response => {
      response.writeHead(307, { location: elsewhere.url }).end();
    });
    const { url } = await listening('--forward-to', to);
    const answer = await send(url, approved, signatureOf(approved));
    expect(answer.status).toBe(307);
    expect(answer.headers).toContainEqual(['location', elsewhere.url]);
    expect([received.length, elsewhere.received.length]).toEqual([1, 0]);
  });
});
