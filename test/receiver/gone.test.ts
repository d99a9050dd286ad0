import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { started } from './started.js';

const large = { headers: [], body: Buffer.alloc(64 * 1024 ** 2) };

describe('a client counts as gone', () => {
  test('if it leaves in the middle of its response', async () => {
    const { url, gone } = await started({ act: () => ({ status: 200, content: large }) });
    const { socket, says } = await rawClient(url, post('{}'));
    await says(/200 OK/);
    socket.resetAndDestroy();
    await expect.poll(() => gone).toEqual([true]);
  });

  test('if it leaves before its response is due', async () => {
    const { url, gone, requests } = await started({ delay: () => 60_000 });
    const { socket } = await rawClient(url, post('{}'));
    await expect.poll(() => requests).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => gone).toEqual([true]);
  });
});

describe('a client doesn’t count as gone', () => {
  test.each(['connection: close', 'connection: keep-alive'])(
    'if it closes after getting its response, with %s',
    async head => {
      const { url, gone } = await started();
      const { socket, says } = await rawClient(url, post('{}', head));
      await says(/200 OK/);
      socket.resetAndDestroy();
      await expect.poll(() => gone).toEqual([false]);
    },
  );

  test('if it closes its own half and reads on', async () => {
    const { url, gone } = await started({ act: () => ({ status: 200, content: large }) });
    const { socket } = await rawClient(url);
    let length = 0;
    socket.removeAllListeners('data').on('data', (chunk: Buffer) => (length += chunk.length));
    socket.end(post('{}', 'connection: close'));
    await once(socket, 'close');
    expect(length).toBeGreaterThan(large.body.length);
    expect(gone).toEqual([false]);
  });
});

test('a client that reads slowly gets its whole response from a closed listener', async () => {
  const { url, gone, close } = await started({
    limits: { grace: 60_000 },
    act: () => ({ status: 200, content: large }),
  });
  const { socket } = await rawClient(url, post('{}'));
  let length = 0;
  socket.removeAllListeners('data').on('data', (chunk: Buffer) => (length += chunk.length));
  await once(socket, 'data');
  socket.pause();
  const closed = close();
  socket.resume();
  await closed;
  await once(socket, 'close');
  expect(length).toBeGreaterThan(large.body.length);
  expect(gone).toEqual([false]);
});

describe('requests that are queued on one connection', () => {
  const three = post('1').repeat(3);

  test.each(['leaves', 'resets'])('end when the client %s', async how => {
    const { url, requests, gone, close } = await started({ delay: () => 60_000 });
    const { socket } = await rawClient(url, three);
    await expect.poll(() => requests).toHaveLength(3);
    if (how === 'leaves') socket.destroy();
    else socket.resetAndDestroy();
    await expect.poll(() => gone).toEqual([true, true, true]);
    await close();
    expect(gone).toHaveLength(3);
  });

  test('release their bodies when the client leaves', async () => {
    const { url, requests, gone } = await started({ limits: { largestTotal: 3 }, delay: ({ target }) => (target === '/' ? 60_000 : 0) }); // prettier-ignore
    const { socket } = await rawClient(url, three);
    await expect.poll(() => requests).toHaveLength(3);
    socket.destroy();
    await expect.poll(() => gone).toHaveLength(3);
    const next = await rawClient(url, post('123', 'connection: close').replace('POST /', 'POST /next'));
    expect(statusesIn(await next.ended)).toEqual([200]);
  });

  test('all get a response when the listener is closed', async () => {
    const { url, requests, gone, close } = await started({ limits: { grace: 60_000 }, delay: () => 60_000 });
    const client = await rawClient(url, three);
    await expect.poll(() => requests).toHaveLength(3);
    await close();
    expect(statusesIn(await client.ended)).toEqual([200, 200, 200]);
    expect(gone).toEqual([false, false, false]);
  });
});
