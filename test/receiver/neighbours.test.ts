import { describe, expect, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { started } from './started.js';

const rubbish = '\u0000\u0001rubbish\r\n\r\n';

describe('a complete request gets its own response, and then its connection is closed', () => {
  test.each([
    ['rubbish', post('abc') + rubbish, [200]],
    ['half a request line', post('abc') + 'POST \u0000', [200]],
    ['bytes after connection: close', post('abc', 'connection: close') + 'x', [200]],
    ['a request after connection: close', post('abc', 'connection: close') + post('more'), [200]],
    ['a TLS hello', post('abc') + '\u0016\u0003\u0001\u0000\u00ff\u0001', [200]],
    ['an ambiguous request', post('abc') + post('abc', 'host: y'), [200, 400]],
    ['CONNECT', post('abc') + 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n', [200, 405]],
    ['a body that breaks off', post('abc') + 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n', [200, 400]],
  ])('when %s follows it', async (_, bytes, statuses) => {
    for (const delay of [0, 30]) {
      const { url, gone, requests } = await started({ delay: () => delay });
      const { ended } = await rawClient(url, Buffer.from(bytes, 'latin1'));
      expect(statusesIn(await ended)).toEqual(statuses);
      expect(gone[0]).toBe(false);
      expect(Buffer.from(requests[0]!.body).toString()).toBe('abc');
    }
  }); // prettier-ignore

  test('when garbage follows while the response is pending, and again', async () => {
    const { url, gone, requests, close } = await started({ limits: { grace: 60_000 }, delay: () => 60_000 });
    const { ended, socket } = await rawClient(url, post('abc'));
    await expect.poll(() => requests).toHaveLength(1);
    for (let times = 0; times < 3; times += 1) {
      await new Promise(resolve => socket.write(rubbish, resolve));
    }
    await close();
    const said = await ended;
    expect(statusesIn(said)).toEqual([200]);
    expect(said).toMatch(/connection: close/i);
    expect(gone).toEqual([false]);
  });

  test('and so do the requests before it', async () => {
    const { url, gone } = await started({ delay: ({ seq }) => 40 - seq * 10 });
    const { ended } = await rawClient(url, post('1') + post('2') + post('3') + rubbish);
    expect(statusesIn(await ended)).toEqual([200, 200, 200]);
    expect(gone).toEqual([false, false, false]);
  });
});

test('ignores everything after an ambiguous request on its connection', async () => {
  const { url, requests, protocolErrors } = await started();
  const { ended } = await rawClient(url, post('abc') + post('x', 'host: y') + post('smuggled'));
  expect(statusesIn(await ended)).toEqual([200, 400]);
  expect(requests.map(({ body }) => Buffer.from(body).toString())).toEqual(['abc']);
  expect(protocolErrors).toMatchObject([{ reason: 'ambiguous', status: 400 }]);
});
