import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { forwarderTo, receiving } from './receiving.js';
import { started } from './started.js';

const large = `x: ${'a'.repeat(15_000)}`;

/** All of Node's warnings from now on. */
function warnings(): Error[] {
  const heard: Error[] = [];
  const listen = (warning: Error) => heard.push(warning);
  process.on('warning', listen);
  onTestFinished(() => {
    process.off('warning', listen);
  });
  return heard;
}

/** Settles when all calls to `process.emitWarning` have been reported. */
const nextTurn = () => new Promise(resolve => setImmediate(resolve));

describe('more requests on one connection than may wait for their responses', () => {
  const limits = { longestLine: 20, grace: 60_000 };

  test('are refused after the responses to those before them, and the connection is closed', async () => {
    const { url, requests, protocolErrors, gone } = await started({ limits, delay: () => 50 });
    const { ended } = await rawClient(url, post('abc', large).repeat(300));
    expect(statusesIn(await ended)).toEqual([...Array<number>(20).fill(200), 503]);
    expect(requests.map(({ body }) => Buffer.from(body).toString())).toEqual(Array<string>(20).fill('abc'));
    expect(gone).toEqual(Array<boolean>(20).fill(false));
    expect(protocolErrors).toMatchObject([{ reason: 'too-many-requests', status: 503 }]);
  });

  test('cost no more than those that wait for a response that never comes, and end with the server', async () => {
    const heard = warnings();
    const { url, requests, settled, close } = await started({ limits, act: () => 'hang' });
    const before = process.memoryUsage().rss;
    const { socket } = await rawClient(url);
    for (let sent = 0; sent < 4000; sent += 100) {
      await new Promise(resolve => socket.write(post('abc', large).repeat(100), resolve));
    }
    expect(requests).toHaveLength(20);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 ** 2);
    await close();
    expect(settled()).toBe(20);
    await nextTurn();
    expect(heard).toEqual([]);
  });

  test('are allowed up to the limit per connection, while others are served', async () => {
    const { url } = await started({ limits, act: ({ target }) => (target === '/hang' ? 'hang' : { status: 200 }) });
    const { socket } = await rawClient(url, post('').replace('/', '/hang').repeat(300));
    expect(statusesIn(await (await rawClient(url, post('', 'connection: close'))).ended)).toEqual([200]);
    expect(socket.closed).toBe(false);
  });
});

test('large headers on many connections are refused beyond the limit, until others are finished', async () => {
  const { url, requests, protocolErrors } = await started({ limits: { largestHeads: 100_000 }, act: () => 'hang' });
  const clients = await Promise.all(Array.from({ length: 20 }, () => rawClient(url, post('abc', large))));
  await expect.poll(() => requests.length + protocolErrors.length).toBe(20);
  expect(requests).toHaveLength(5);
  expect(new Set(protocolErrors.map(({ reason }) => reason))).toEqual(new Set(['too-many-requests']));
  const refused = () => clients.filter(({ socket }) => socket.closed);
  await expect.poll(() => refused().length).toBe(15);
  for (const { ended } of refused()) expect(statusesIn(await ended)).toEqual([503]);
  for (const { socket } of clients) socket.destroy();
  await expect
    .poll(async () => {
      const { socket } = await rawClient(url, post('abc', large));
      await nextTurn();
      socket.destroy();
      return requests.length;
    })
    .toBeGreaterThan(5);
});

test('large headers of queued requests leave room for clients that send one request at a time', async () => {
  const act = ({ target }: { target: string }) => (target === '/hang' ? ('hang' as const) : { status: 200 });
  const { url, requests, protocolErrors } = await started({ limits: { largestHeads: 800_000 }, act });
  // Each queue is longer than the limit for all of them, so each is refused, whichever comes first.
  const line = post('abc', large).replace('/', '/hang').repeat(30);
  await Promise.all(Array.from({ length: 5 }, () => rawClient(url, line)));
  await expect.poll(() => protocolErrors).toHaveLength(5);
  expect(requests.length).toBeLessThan(30);
  expect(statusesIn(await (await rawClient(url, post('abc', large, 'connection: close'))).ended)).toEqual([200]);
});

test('forwarding many requests at once causes no warning', async () => {
  const heard = warnings();
  let arrived = 0;
  const application = createServer(request => {
    request.resume();
    arrived += 1;
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    application.close();
    application.closeAllConnections();
  });
  await once(application, 'listening');
  const { port } = application.address() as AddressInfo;
  const forwarder = forwarderTo(`http://127.0.0.1:${port}`);
  const { url, close } = await receiving({ secrets: undefined, inspect: undefined, forwarder, limits: { grace: 1000, notice: 900 } }); // prettier-ignore
  const { ended } = await rawClient(url, post('abc').repeat(15));
  await expect.poll(() => arrived).toBe(15);
  await close();
  expect(statusesIn(await ended)).toEqual(Array<number>(15).fill(504));
  await nextTurn();
  expect(heard).toEqual([]);
});
