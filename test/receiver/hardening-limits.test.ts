import { describe, expect, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { started } from './started.js';

const head = 'POST / HTTP/1.1\r\nhost: x\r\n';
const impatient = { headersTimeout: 100, requestTimeout: 200, checkInterval: 20 };

/** The response to a client that sends one request on its own connection. */
const answerOf = async (url: string, bytes: string): Promise<string> => (await rawClient(url, bytes)).ended;

describe('a slow client', () => {
  test('gets 408 if it’s slow with the headers', async () => {
    const { url, requests, protocolErrors } = await started({ limits: impatient });
    expect(statusesIn(await answerOf(url, head))).toEqual([408]);
    expect(requests).toEqual([]);
    expect(protocolErrors).toMatchObject([{ reason: 'too-slow', status: 408 }]);
  });

  test('is cut off if it’s slow with the body, which is marked as incomplete', async () => {
    const { url, requests, settled } = await started({ limits: impatient });
    expect(statusesIn(await answerOf(url, `${head}content-length: 9\r\n\r\nabc`))).toEqual([408]);
    await expect.poll(() => requests).toMatchObject([{ flaw: 'body-incomplete', body: Buffer.from('abc') }]);
    expect(settled()).toBe(1);
  });

  test.each([
    ['closes the connection', 'end'],
    ['resets the connection', 'resetAndDestroy'],
  ] as const)('that %s in the middle of the body leaves an incomplete request', async (_, leave) => {
    const { url, requests, settled } = await started();
    const { socket, says, ended } = await rawClient(url, `${head}expect: 100-continue\r\ncontent-length: 9\r\n\r\nabc`);
    await says(/100 Continue/);
    socket[leave]();
    await ended;
    await expect.poll(() => requests).toMatchObject([{ flaw: 'body-incomplete' }]);
    expect(settled()).toBe(1);
    expect(statusesIn(await answerOf(url, post('good', 'connection: close')))).toEqual([200]);
  });

  test('that leaves in the middle of the headers leaves nothing', async () => {
    const { url, requests } = await started();
    const { socket, ended } = await rawClient(url, 'POST / HTTP/1.1\r\nho');
    socket.end();
    await ended;
    expect(statusesIn(await answerOf(url, post('good', 'connection: close')))).toEqual([200]);
    expect(requests).toHaveLength(1);
  });
});

describe('a body that is too large', () => {
  const limits = { largestBody: 100 };
  const chunk = `40\r\n${'x'.repeat(64)}\r\n`;

  test.each([
    ['of a declared length', `${head}content-length: 2000\r\n\r\n`, 'x'.repeat(64)],
    ['in chunks', `${head}transfer-encoding: chunked\r\n\r\n`, chunk],
  ])('%s gets 413, which the client can read while still sending', async (_, beginning, part) => {
    const { url, requests } = await started({ limits });
    const { socket, says } = await rawClient(url, beginning + part + part);
    expect(await says(/Too Large\n$/)).toContain('HTTP/1.1 413 ');
    for (let sent = 0; sent < 20; sent += 1) socket.write(part);
    socket.end();
    expect(requests).toMatchObject([{ flaw: 'body-too-large', body: Buffer.alloc(0) }]);
  });

  test('leaves the connection usable afterwards', async () => {
    const { url, requests } = await started({ limits });
    const two = post('x'.repeat(101)) + post('x'.repeat(100), 'connection: close');
    expect(statusesIn(await answerOf(url, two))).toEqual([413, 200]);
    expect(requests.map(({ flaw, body }) => [flaw, body.length])).toEqual([
      ['body-too-large', 0],
      [undefined, 100],
    ]);
  });

  test('is one byte over the limit', async () => {
    const { url } = await started({ limits: { largestBody: 0 } });
    expect(statusesIn(await answerOf(url, post('') + post('1', 'connection: close')))).toEqual([200, 413]);
  });
});

describe('too many bodies', () => {
  const limits = { largestBody: 100, largestTotal: 150 };
  const most = `${head}expect: 100-continue\r\ncontent-length: 100\r\n\r\n`;

  test('get 503 until others are finished', async () => {
    const { url, requests } = await started({ limits });
    const first = await rawClient(url, most);
    await first.says(/100 Continue/);
    first.socket.write('x'.repeat(90));
    // Both are read in turn, but nothing shows when the first was read, so the second is sent until it is refused.
    const other = () => answerOf(url, post('x'.repeat(80), 'connection: close'));
    await expect.poll(async () => statusesIn(await other())).toEqual([503]);
    expect(requests.at(-1)).toMatchObject({ flaw: 'too-many-bodies' });
    first.socket.write('x'.repeat(10));
    await first.says(/200 OK/);
    expect(statusesIn(await other())).toEqual([200]);
  });

  test('are released when a client leaves', async () => {
    const { url, requests } = await started({ limits });
    for (let round = 0; round < 5; round += 1) {
      const { socket, says, ended } = await rawClient(url, most);
      await says(/100 Continue/);
      socket.end('x'.repeat(90));
      await ended;
    }
    await expect.poll(() => requests.length).toBe(5);
    expect(statusesIn(await answerOf(url, post('x'.repeat(100), 'connection: close')))).toEqual([200]);
  });

  test('are held until they have a response', async () => {
    const { url } = await started({ limits, act: ({ target }) => (target === '/hang' ? 'hang' : { status: 200 }) });
    const hanging = await rawClient(url, post('x'.repeat(90)).replace('/', '/hang'));
    const other = () => answerOf(url, post('x'.repeat(80), 'connection: close'));
    await expect.poll(async () => statusesIn(await other())).toEqual([503]);
    hanging.socket.destroy();
    await expect.poll(async () => statusesIn(await other())).toEqual([200]);
  });
});

describe('headers', () => {
  test('over 16 KiB get 431', async () => {
    const { url, protocolErrors } = await started();
    expect(statusesIn(await answerOf(url, `${head}x: ${'a'.repeat(17_000)}\r\n\r\n`))).toEqual([431]);
    expect(protocolErrors).toMatchObject([{ reason: 'headers-too-large', status: 431 }]);
  });

  test('all arrive, however many, in order, with their case and repetitions', async () => {
    const { url, requests } = await started();
    const sent = Array.from({ length: 1500 }, (_, index) => [index % 2 ? 'a' : 'A', String(index)]);
    const lines = sent.map(([name, value]) => `${name}:${value}`);
    expect(statusesIn(await answerOf(url, post('', ...lines, 'Connection: close')))).toEqual([200]);
    expect(requests[0]?.headers).toEqual([['host', 'x'], ['content-length', '0'], ...sent, ['Connection', 'close']]);
  });
});
