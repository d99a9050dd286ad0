import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { exchangeReport } from '../../src/exchange/exchange.js';
import { createRing } from '../../src/page/ring.js';
import { createStreams } from '../../src/page/streams.js';
import { rawClient, statusesIn } from '../support/raw.js';
import { captured, servedPage } from './served.js';
import { openStream, visit } from './visitor.js';

const quick = { headersTimeout: 200, requestTimeout: 400, checkInterval: 50 };

test.each([
  ['headers that never end', 'GET / HTTP/1.1\r\nhost: '],
  ['a body that never comes', 'POST /api/session HTTP/1.1\r\nhost: HOST\r\ncontent-length: 5\r\n\r\n'],
])('%s: its connection ends, and others are still served', async (_, head) => {
  const { url } = await servedPage([captured()], { limits: quick });
  const { origin, host } = new URL(url);
  const slow = await rawClient(origin, head.replace('HOST', host));
  const visitor = await visit(url);
  expect((await visitor.get('/api/requests')).status).toBe(200);
  expect(statusesIn(await slow.ended).filter(status => status < 400)).toEqual([]);
});

test('a body that arrives byte by byte is cut off at the time limit', async () => {
  const { url } = await servedPage([captured()], { limits: quick });
  const { origin, host } = new URL(url);
  const visitor = await visit(url);
  const head = [
    ...['POST /api/requests/1/replay HTTP/1.1', `host: ${host}`, `cookie: ${visitor.cookie}`, `origin: ${origin}`],
    ...['sec-fetch-site: same-origin', 'content-type: application/json', 'content-length: 1000000', '', ''],
  ].join('\r\n');
  const slow = await rawClient(origin, head);
  const dripping = setInterval(() => slow.socket.write(' '), 20);
  onTestFinished(() => {
    clearInterval(dripping);
  });
  expect(statusesIn(await slow.ended).filter(status => status < 400)).toEqual([]);
});

test('headers over 8 KiB are refused', async () => {
  const { origin, host } = new URL((await servedPage()).url);
  const head = `GET / HTTP/1.1\r\nhost: ${host}\r\nx-long: ${'x'.repeat(9000)}\r\n\r\n`;
  expect(statusesIn(await (await rawClient(origin, head)).ended)).toEqual([431]);
});

test('connections over the limit are closed, and there’s room again when others end', async () => {
  const { url } = await servedPage([captured()], { limits: { mostConnections: 3 } });
  const { hostname, port } = new URL(url);
  const held = await Promise.all(
    [1, 2, 3].map(async () => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      return socket;
    }),
  );
  const late = await rawClient(url, 'GET / HTTP/1.1\r\n\r\n');
  expect(await late.ended).toBe('');
  for (const socket of held) socket.destroy();
  await expect.poll(() => visit(url).then(visitor => visitor.cookie)).toContain('webhook-cli-');
});

test('streams over the limit are refused, and there’s room again when one ends', async () => {
  const visitor = await visit((await servedPage()).url);
  const streams = await Promise.all(Array.from({ length: 16 }, () => visitor.follow()));
  expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
  expect((await visitor.follow()).status).toBe(503);
  streams[0]?.response.destroy();
  await expect.poll(async () => (await visitor.follow()).status).toBe(200);
});

test('a client that doesn’t read is dropped, and the others continue', async () => {
  const streams = createStreams();
  let dropped = 0;
  const server = createServer((_, response) => {
    response.on('close', () => (dropped += 1));
    streams.open(response, () => []);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    streams.close();
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [slow, quick] = [await openStream(origin, {}), await openStream(origin, {})];
  slow.response.pause();
  const facts = { file: '', event: {}, verdict: null, answer: null };
  const request = captured({ target: `/${'x'.repeat(1_000_000)}` });
  let sent = 0;
  // As much as the system buffers, plus more than the server does: 100 MB exceeds both.
  while (dropped === 0 && sent < 100) {
    streams.add(exchangeReport({ position: (sent += 1), request }, facts));
    await quick.ids(sent);
  }
  expect(dropped).toBe(1);
  slow.response.resume();
  await slow.ended;
  streams.add(exchangeReport({ position: sent + 1, request }, facts));
  expect(await quick.ids(sent + 1)).toHaveLength(sent + 1);
});

const kept = (position: number, body = Buffer.alloc(10)) => ({ position, request: captured({ body, headers: [] }) });
const positions = (list: readonly { position: number }[]) => list.map(({ position }) => position);

test('the buffer keeps the last requests, in order of arrival', () => {
  const ring = createRing({ mostRequests: 3, mostBytes: 1e6 });
  for (const position of [1, 2, 4, 3, 6, 5]) ring.add(kept(position));
  expect(positions(ring.before(Number.POSITIVE_INFINITY))).toEqual([6, 5, 3]);
  expect(positions(ring.before(5))).toEqual([3]);
  expect(positions(ring.after(3))).toEqual([6, 5]);
  expect(positions(ring.after(6))).toEqual([5]);
  expect(positions(ring.after(5))).toEqual([]);
  // It has been dropped, so only later requests are left.
  expect(positions(ring.after(2))).toEqual([3, 6, 5]);
  // It never was.
  expect(positions(ring.after(99))).toEqual([]);
  expect([ring.get(4), ring.get(6)?.position, ring.highest()]).toEqual([undefined, 6, 6]);
});

test('the buffer stays within its limit in bytes, whatever the requests', () => {
  const ring = createRing({ mostRequests: 1000, mostBytes: 100_000 });
  for (let position = 1; position <= 10; position += 1) ring.add(kept(position, Buffer.alloc(30_000)));
  expect(positions(ring.before(99))).toEqual([10, 9, 8]);
  ring.add(kept(11, Buffer.alloc(200_000)));
  expect([ring.before(99), ring.highest()]).toEqual([[], 11]);
  ring.add(kept(12, Buffer.alloc(0)));
  expect(positions(ring.before(99))).toEqual([12]);
  const headers = [['x', 'y'.repeat(60_000)]] as [string, string][];
  for (const position of [13, 14]) ring.add({ position, request: captured({ body: Buffer.alloc(0), headers }) });
  expect(positions(ring.before(99))).toEqual([14]);
});
