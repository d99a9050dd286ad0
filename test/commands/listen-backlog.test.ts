import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { listeningOn } from '../support/in-words.js';
import { signatureOf, stopped } from '../support/listening.js';

const body = Buffer.alloc(1024 ** 2 - 1, ' ');

test('unread output delays no response, and dropped output is counted', async () => {
  const stdout = new PassThrough();
  const { url, ...running } = await listeningOn(stdout, '--show', 'body');
  const before = process.memoryUsage().rss;
  const request = { method: 'POST', body, headers: signatureOf(body, 'other') };
  const statuses = [];
  for (let sent = 0; sent < 200; sent += 1) {
    const response = await fetch(url, request);
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  expect(statuses.filter(status => status !== 401)).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 ** 2);

  let shown = '';
  stdout.on('data', (chunk: Buffer) => (shown += chunk.toString().replaceAll(' '.repeat(1000), '')));
  await expect.poll(() => /^… \d+ more$/m.test(shown)).toBe(true);
  await stopped(running);
  const printed = shown.match(/signature-mismatch {2}401/g)?.length ?? 0;
  const [, omitted] = /^… (\d+) more$/m.exec(shown) ?? [];
  expect(Number(omitted)).toBeGreaterThan(0);
  expect(printed + Number(omitted)).toBe(200);
  expect(shown).toContain('200 received, 0 accepted, 200 refused');
});
