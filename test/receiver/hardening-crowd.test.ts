import { describe, expect, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { started } from './started.js';

const asking = 'POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n';

describe('a crowd', () => {
  test('of a thousand silent clients delays no good request, and costs little', async () => {
    const { url, requests } = await started();
    const before = process.memoryUsage().rss;
    const idle = await Promise.all(Array.from({ length: 1000 }, () => rawClient(url)));
    expect(idle.filter(({ socket }) => socket.closed)).toEqual([]);
    const { ended } = await rawClient(url, post('good', 'connection: close'));
    expect(statusesIn(await ended)).toEqual([200]);
    expect(requests).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
  });

  test('that sends more than there’s room for is refused, and costs no more than that room', async () => {
    const mebibyte = 1024 ** 2;
    const { url, requests } = await started({ limits: { largestBody: mebibyte, largestTotal: 8 * mebibyte } });
    const before = process.memoryUsage().rss;
    const most = asking.replace('content-length: 3', `content-length: ${mebibyte}`);
    const body = Buffer.alloc(mebibyte - 1);
    // All but the last byte, so that each request is held until it is refused.
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const { socket, says } = await rawClient(url, most);
        await says(/100 Continue/);
        await new Promise(resolve => socket.write(body, resolve));
      }),
    );
    await expect.poll(() => requests.length).toBeGreaterThan(80);
    expect(new Set(requests.map(({ flaw }) => flaw))).toEqual(new Set(['too-many-bodies']));
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * mebibyte);
  });
});

describe('closing', () => {
  test('responds to requests in flight', async () => {
    const { url, close } = await started({ limits: { grace: 60_000 } });
    const { socket, says, ended } = await rawClient(url, asking);
    await says(/100 Continue/);
    const closed = close();
    socket.write('abc');
    expect(statusesIn(await ended)).toEqual([100, 200]);
    await closed;
  });

  test('waits only the grace period for the rest of a request', async () => {
    const { url, close, requests } = await started({ limits: { grace: 50 } });
    const { says, ended } = await rawClient(url, asking);
    await says(/100 Continue/);
    await close();
    expect(statusesIn(await ended)).toEqual([100]);
    await expect.poll(() => requests).toMatchObject([{ flaw: 'body-incomplete' }]);
  });

  test('doesn’t wait for a response that will never come', async () => {
    const { url, close, settled } = await started({ limits: { grace: 60_000 }, act: () => 'hang' });
    const { socket, says, ended } = await rawClient(url, asking);
    await says(/100 Continue/);
    socket.write('abc');
    await close();
    expect(statusesIn(await ended)).toEqual([100]);
    await expect.poll(settled).toBe(1);
  });

  test('doesn’t wait for a delay', async () => {
    const { url, close } = await started({ limits: { grace: 60_000 }, delay: () => 3_600_000 });
    const { socket, says, ended } = await rawClient(url, asking);
    await says(/100 Continue/);
    socket.write('abc');
    await close();
    expect(statusesIn(await ended)).toEqual([100, 200]);
  });

  test('is immediate if connections are only kept alive', async () => {
    const { url, close } = await started({ limits: { grace: 60_000 } });
    const { says, ended } = await rawClient(url, post('abc'));
    await says(/OK\n$/);
    await close();
    expect(statusesIn(await ended)).toEqual([200]);
  });

  test('accepts no new connections', async () => {
    const { url, close } = await started();
    await close();
    const { ended } = await rawClient(url, post('abc'));
    expect(await ended).toBe('');
  });
});
