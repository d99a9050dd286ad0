import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { receiving } from './receiving.js';
import { started } from './started.js';

const isDual = Object.values(networkInterfaces()).some(all => all?.some(({ address }) => address === '::1'));
const overBoth = test.runIf(isDual);

const anything = { secrets: undefined, inspect: undefined, host: 'localhost' };

const statusesOver = async (host: string, port: string): Promise<number[]> =>
  statusesIn(await (await rawClient(`http://${host}:${port}`, post('', 'connection: close'))).ended);

test('localhost is 127.0.0.1, and its URL says so', async () => {
  const { url } = await receiving(anything);
  expect(url).toMatch(/^http:\/\/localhost:\d+$/);
  expect(await statusesOver('127.0.0.1', new URL(url).port)).toEqual([200]);
});

test.each([['0.0.0.0', '127.0.0.1'], ...(isDual ? [['::', '[::1]']] : [])])(
  'the URL of %s can be used as a target',
  async (host = '', name = '') => {
    const { url, isEverywhere } = await receiving({ ...anything, host });
    expect(isEverywhere).toBe(true);
    expect(new URL(url).hostname).toBe(name);
    expect(await statusesOver(name, new URL(url).port)).toEqual([200]);
  },
);

overBoth('localhost is ::1 as well, on the same port, until it is closed', async () => {
  const seen: number[] = [];
  const { url, close } = await receiving({
    ...anything,
    subscribers: [{ received: ({ request: { seq } }) => void seen.push(seq) }],
  });
  const { port } = new URL(url);
  expect(await statusesOver('[::1]', port)).toEqual([200]);
  expect(await statusesOver('127.0.0.1', port)).toEqual([200]);
  expect(seen).toEqual([1, 2]);
  await close();
  expect(await statusesOver('[::1]', port)).toEqual([]);
});

overBoth('a request over ::1 that is in flight gets its response before the end', async () => {
  const { url, close, requests } = await started({ host: 'localhost', limits: { grace: 60_000 }, delay: () => 60_000 });
  const answered = statusesOver('[::1]', new URL(url).port);
  await expect.poll(() => requests).toHaveLength(1);
  await close();
  expect(await answered).toEqual([200]);
});

overBoth('a port that is in use on ::1 is in use on localhost, and nothing is left listening', async () => {
  const other = createServer().listen(0, '::1');
  onTestFinished(() => {
    other.close();
  });
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(receiving({ ...anything, port })).rejects.toMatchObject({ reason: 'port-in-use', host: 'localhost' });
  expect(await statusesOver('127.0.0.1', String(port))).toEqual([]);
});

overBoth('a port that is in use on 127.0.0.1 is in use on localhost, and nothing is left listening', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(receiving({ ...anything, port })).rejects.toMatchObject({ reason: 'port-in-use', host: 'localhost' });
  expect(await statusesOver('[::1]', String(port))).toEqual([]);
});
