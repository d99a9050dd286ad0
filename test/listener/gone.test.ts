import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { post, rawClient } from '../support/raw.js';
import { started } from './started.js';

const large = { headers: [], body: Buffer.alloc(64 * 1024 ** 2) };

describe('a client counts as gone', () => {
  test('when it leaves in the midst of its answer', async () => {
    const { url, gone } = await started({ act: () => ({ status: 200, content: large }) });
    const { socket, says } = await rawClient(url, post('{}'));
    await says(/200 OK/);
    socket.resetAndDestroy();
    await expect.poll(() => gone).toEqual([true]);
  });

  test('when it leaves before its answer is due', async () => {
    const { url, gone, requests } = await started({ delay: () => 60_000 });
    const { socket } = await rawClient(url, post('{}'));
    await expect.poll(() => requests).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => gone).toEqual([true]);
  });
});

describe('a client doesn’t count as gone', () => {
  test.each(['connection: close', 'connection: keep-alive'])(
    'that closes once it has its answer, with %s',
    async head => {
      const { url, gone } = await started();
      const { socket, says } = await rawClient(url, post('{}', head));
      await says(/200 OK/);
      socket.resetAndDestroy();
      await expect.poll(() => gone).toEqual([false]);
    },
  );

  test('that closes its own half and reads on', async () => {
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
