import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient, type DeliveryRequest } from '../../src/sender/http-client.js';
import { startReceiver } from '../support/receiver.js';

function freshCourier() {
  const client = createHttpClient({ timeout: 5000, isFresh: true });
  onTestFinished(() => client.close());
  return client;
}

const request = (url: string, differences: Partial<DeliveryRequest> = {}): DeliveryRequest => ({
  ...{ method: 'POST', url: new URL(url), headers: [], body: Buffer.from('0123456789'), ...differences },
});

test('a chunked body arrives whole', async () => {
  const { url, received } = await startReceiver();
  expect(await freshCourier().deliver(request(url, { transfer: { kind: 'chunked' } }))).toHaveProperty(
    'reply.status',
    200,
  );
  expect(received).toMatchObject([{ headers: { 'transfer-encoding': 'chunked' }, body: Buffer.from('0123456789') }]);
});

/** A receiver that keeps each piece of a body as it arrived. */
async function startListener(): Promise<{ url: string; pieces: string[]; closed: () => number }> {
  const pieces: string[] = [];
  let closed = 0;
  const server = createServer((message, response) => {
    message.on('data', (chunk: Buffer) => pieces.push(chunk.toString()));
    message.on('end', () => response.end());
    message.on('error', () => undefined);
    message.on('close', () => (closed += 1));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, pieces, closed: () => closed };
}

test('a slow body arrives in two parts', async () => {
  const { url, pieces } = await startListener();
  const attempt = await freshCourier().deliver(request(url, { transfer: { kind: 'slow', pause: 80 } }));
  expect(attempt).toHaveProperty('reply.status', 200);
  expect(pieces).toEqual(['01234', '56789']);
});

test('an aborted body ends after its first half', async () => {
  const { url, pieces, closed } = await startListener();
  const attempt = await freshCourier().deliver(request(url, { transfer: { kind: 'aborted' } }));
  expect(attempt).toHaveProperty('failure.reason', 'reset');
  await expect.poll(closed).toBe(1);
  expect(pieces).toEqual(['01234']);
});

test('a body arrives whole even if its sender leaves without the response', async () => {
  const chunks: Buffer[] = [];
  let isClosed = false;
  const server = createServer(message => {
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.socket.once('close', () => (isClosed = true));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const attempt = await freshCourier().deliver(request(url, { transfer: { kind: 'unheard' } }));
  expect(attempt).toHaveProperty('failure.reason', 'reset');
  await expect.poll(() => isClosed).toBe(true);
  expect(Buffer.concat(chunks).toString()).toBe('0123456789');
});

test('names keep their case, and a header can appear twice', async () => {
  const { url, received } = await startReceiver();
  await freshCourier().deliver(request(url, { headers: [['X-Fin-Signature', 'a'], ['x-fin-SIGNATURE', 'b']] })); // prettier-ignore
  expect(received[0]?.rawHeaders.join(' ')).toContain('X-Fin-Signature a x-fin-SIGNATURE b');
});

test('each request has its own connection', async () => {
  const ports = new Set<number | undefined>();
  const server = createServer((message, response) => {
    ports.add(message.socket.remotePort);
    message.resume();
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const client = freshCourier();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (let sent = 0; sent < 3; sent += 1) await client.deliver(request(url));
  await client.deliver(request(url, { method: 'GET' }));
  expect(ports.size).toBe(4);
});
