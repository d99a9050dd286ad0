import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../../src/sender/http-client.js';
import { startReceiver } from '../support/receiver.js';
import { attemptAt, failureAt, replyFrom, startServer } from './attempt.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a request', () => {
  test('arrives with its method, path, headers and body, and only the additions that HTTP needs', async () => {
    const { url, received } = await startReceiver();
    const headers = [
      ['Content-Type', 'application/json'],
      ['x-twice', '1'],
      ['X-Twice', '2'],
      ['x-empty', ''],
    ] as const;
    await replyFrom(`${url}webhooks/fin?a=b%20c`, { headers, body: Buffer.from('{"a":1}') });
    expect(received).toHaveLength(1);
    const [{ method, target, body, rawHeaders }] = received as [(typeof received)[0]];
    expect([method, target, body.toString()]).toEqual(['POST', '/webhooks/fin?a=b%20c', '{"a":1}']);
    expect(rawHeaders).toEqual([
      ...['host', new URL(url).host],
      ...['connection', 'keep-alive'],
      ...headers.flat(),
      ...['content-length', '7'],
    ]);
  });

  test.each([
    ['bytes that aren’t text', Buffer.from('00ff80fe', 'hex')],
    ['a byte order mark and both kinds of line end', Buffer.from('efbbbf7b0d0a0a0d7d0d0a', 'hex')],
    ['a NUL', Buffer.from('{"a":"\u0000"}')],
    ['no bytes at all', Buffer.alloc(0)],
    ['three MiB', Buffer.alloc(3 * 1024 * 1024, 'Fin\u00ff\r\n', 'latin1')],
  ])('arrives byte for byte with a body of %s', async (_, body) => {
    const { url, received } = await startReceiver();
    await replyFrom(url, { body });
    expect(received.map(request => [request.body.length, sha256(request.body)])).toEqual([[body.length, sha256(body)]]);
  });

  test('arrives byte for byte with any body, over one connection or several', async () => {
    const { url, received } = await startReceiver();
    const client = createHttpClient({ timeout: 10_000 });
    onTestFinished(() => client.close());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async body => {
        await client.deliver({ method: 'POST', url: new URL(url), headers: [], body });
        expect(Buffer.from(body).equals(received.at(-1)!.body)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a response', () => {
  test('has its status, its headers as they were sent, and its body', async () => {
    const { url } = await startServer(socket => {
      socket.end('HTTP/1.1 200 Very Well\r\nX-One: 1\r\nx-one: 2\r\nSet-Cookie: a=b\r\nContent-Length: 4\r\n\r\n\u0000\u00ff\r\n', 'latin1'); // prettier-ignore
    });
    expect(await replyFrom(url)).toEqual({
      status: 200,
      statusText: 'Very Well',
      headers: [
        ['X-One', '1'],
        ['x-one', '2'],
        ['Set-Cookie', 'a=b'],
        ['Content-Length', '4'],
      ],
      body: Buffer.from('00ff0d0a', 'hex'),
      isBodyCut: false,
    });
  });

  test.each([200, 201, 204, 304, 400, 401, 404, 405, 413, 429, 500, 503, 599])(
    'with %i is an ordinary response, and requested once',
    async status => {
      const { url, received } = await startReceiver(response => response.writeHead(status).end());
      expect(await replyFrom(url)).toMatchObject({ status, isBodyCut: false });
      expect(received).toHaveLength(1);
    },
  );

  test.each([301, 302, 303, 307, 308])('with %i isn’t followed: the other host receives nothing', async status => {
    const other = await startReceiver();
    const { url } = await startReceiver(response => response.writeHead(status, { location: other.url }).end());
    expect(await replyFrom(url)).toMatchObject({ status });
    expect(other.received).toEqual([]);
  });

  test('reports how long it took', async () => {
    const { url } = await startReceiver();
    expect((await attemptAt(url)).milliseconds).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['of just one MiB is kept whole', 1024 * 1024, false],
    ['of one byte more is cut', 1024 * 1024 + 1, true],
    ['of eight MiB is cut', 8 * 1024 * 1024, true],
  ])('with a body %s, and its status counts', async (_, length, isBodyCut) => {
    const { url } = await startReceiver(response => response.writeHead(202).end(Buffer.alloc(length, 'x')));
    const reply = await replyFrom(url);
    expect([reply.status, reply.isBodyCut, reply.body.length]).toEqual([202, isBodyCut, Math.min(length, 1024 * 1024)]);
  });

  test('whose body never ends is cut, and its status counts', async () => {
    const { url } = await startReceiver(response => {
      response.writeHead(200);
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(65_536), more);
      };
      more();
    });
    expect(await replyFrom(url)).toMatchObject({ status: 200, isBodyCut: true });
  });

  test.each([
    ['is compressed', gzipSync('well')],
    ['only claims to be', Buffer.from('no gzip at all')],
    ['breaks off', gzipSync('well').subarray(0, 12)],
  ])('whose body %s is kept as it arrived', async (_, body) => {
    const { url } = await startReceiver(response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    const reply = await replyFrom(url);
    expect(reply.status).toBe(200);
    expect(Buffer.from(reply.body).equals(body)).toBe(true);
  });

  test('isn’t mixed up with earlier ones on the same client', async () => {
    const { url } = await startReceiver((response, { body }) => response.writeHead(200).end(body));
    const client = createHttpClient({ timeout: 10_000 });
    onTestFinished(() => client.close());
    const bodies = Array.from({ length: 20 }, (_, index) => `body ${index}`);
    const attempts = await Promise.all(
      bodies.map(body => client.deliver({ method: 'POST', url: new URL(url), headers: [], body: Buffer.from(body) })),
    );
    expect(attempts.map(attempt => 'reply' in attempt && Buffer.from(attempt.reply.body).toString())).toEqual(bodies);
  });
});

test('one failure doesn’t affect the next request', async () => {
  const { url } = await startReceiver();
  const { url: broken } = await startServer(socket => socket.destroy());
  const client = createHttpClient({ timeout: 10_000 });
  onTestFinished(() => client.close());
  const deliver = (to: string) =>
    client.deliver({ method: 'POST', url: new URL(to), headers: [], body: Buffer.from('x') });
  expect(await deliver(broken)).toMatchObject({ failure: { reason: 'reset' } });
  expect(await deliver(url)).toMatchObject({ reply: { status: 200 } });
});

test('the deadline of one delivery affects only that one', async () => {
  const { url } = await startReceiver((response, { target }) => (target === '/slow' ? undefined : response.end()));
  expect(await failureAt(`${url}slow`, { timeout: 200 })).toMatchObject({ reason: 'timeout' });
  expect(await replyFrom(url)).toMatchObject({ status: 200 });
});

test('the connection of a request that is no longer wanted is closed', async () => {
  let open = 0;
  const server = createServer(socket => {
    open += 1;
    socket.on('data', () => server.emit('asked')).on('close', () => (open -= 1));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createHttpClient({ timeout: 10_000 });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const request = { method: 'POST', url, headers: [], body: Buffer.from('{}') };
  const stopping = new AbortController();
  const outcome = client.deliver(request, stopping.signal);
  stopping.abort(new Error('enough'));
  await expect(outcome).rejects.toThrow('enough');
  // Another request follows, which never gets a response.
  const asked = once(server, 'asked');
  const another = client.deliver(request).catch(() => undefined);
  await asked;
  await expect.poll(() => open).toBe(1);
  await client.close();
  await another;
});
