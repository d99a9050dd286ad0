import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  ClosedError,
  createSender,
  InputError,
  readRecording,
  UsageError,
  type SenderOptions,
} from '../../src/index.js';
import { root } from '../support/cli.js';
import { eventOf, receiving, secret } from './receiving.js';

const sending = (options: Omit<SenderOptions, 'secret'>) => {
  const sender = createSender({ secret, ...options });
  onTestFinished(sender.close);
  return sender;
};

test('A delivery has its attempts, its response, and its unmet expectations.', async () => {
  const receiver = await receiving({ respond: [503, { status: 201, body: 'made', headers: { 'x-a': 'b' } }] });
  const sender = sending({
    url: receiver.url,
    retries: 2,
    expect: { status: 202, body: 'made', headers: { 'X-A': 'c' } },
  });
  const result = await sender.send(await eventOf('APPROVED'));
  expect(result).toMatchObject({ isExpected: false, status: 201, headers: { 'x-a': 'b' }, failure: undefined });
  expect(result.body.toString()).toBe('made');
  expect(result.unmet.map(({ what }) => what)).toEqual(['status', 'header']);
  expect(result.attempts.map(({ status }) => status)).toEqual([503, 201]);
  expect(receiver.requests[0]?.headers['user-agent']).toMatch(/^webhook-cli\//);
});

test('A missing response is a result with a reason, and so is a batch that is cut short.', async () => {
  const refused = await sending({ url: 'http://127.0.0.1:1' }).send({ a: 1 });
  expect(refused).toMatchObject({
    isExpected: false,
    status: undefined,
    failure: 'refused',
    attempts: [{ failure: 'refused' }],
  });
  const stop = new AbortController();
  const receiver = await receiving({
    scheme: 'github',
    respond: () => {
      stop.abort();
      return 200;
    },
  });
  const sender = sending({ url: receiver.url, scheme: 'github', signal: stop.signal });
  const results = await sender.sendAll([{ n: 1 }, { n: 2 }]);
  expect(results.map(({ isExpected, attempts }) => [isExpected, attempts.length])).toEqual([
    [true, 1],
    [false, 0],
  ]);
  await expect(sender.send({})).rejects.toThrow();
});

test('A recording is sent unchanged or signed again, and incomplete requests are skipped.', async () => {
  const receiver = await receiving();
  const body = await eventOf('APPROVED');
  const recorded = (fields: string) =>
    Buffer.from(
      `POST /old HTTP/1.1\r\nhost: a\r\nx-fin-signature: 00\r\n${fields}content-length: ${body.length}\r\n\r\n${Buffer.from(body).toString()}`,
    );
  const sender = sending({ url: `${receiver.url}/new` });
  expect(await sender.replay(recorded('x-note: a\r\n'))).toMatchObject([{ status: 401 }]);
  expect(await sender.replay(recorded('x-note: a\r\n'), { resign: true })).toMatchObject([{ status: 200 }]);
  expect(receiver.requests[1]).toMatchObject({ target: '/new', headers: { 'x-note': 'a' } });
  const har = path.join(root, 'package.json');
  await expect(sender.replay(har)).rejects.toThrow(InputError);
  await expect(sender.replay('/nowhere.ndjson')).rejects.toThrow("can't read /nowhere.ndjson: no such file or folder");
});

test('readRecording accepts a path, a URL, bytes and a stream.', async () => {
  const bytes = Buffer.from('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}');
  async function* stream() {
    await Promise.resolve();
    yield bytes.subarray(0, 7);
    yield new Uint8Array(bytes.subarray(7));
  }
  for (const source of [bytes, stream()]) {
    const entries = [];
    for await (const entry of readRecording(source)) entries.push(entry);
    expect(entries).toMatchObject([{ kind: 'request', position: 1, method: 'POST', body: Buffer.from('{}') }]);
  }
  expect(await readFile(path.join(root, 'package.json'))).toBeInstanceOf(Buffer);
});

test('Invalid options are refused at once, and a closed sender sends nothing.', async () => {
  expect(() => sending({ url: 'nowhere' })).toThrow(UsageError);
  expect(() => sending({ url: 'http://localhost', retries: -1 })).toThrow('options.retries is -1');
  expect(() => sending({ url: 'http://localhost', expect: { status: '2x' } })).toThrow(`"2x" isn't a set of statuses`);
  expect(() => sending({ url: 'http://localhost', expect: { body: /a/g } })).toThrow('flag g or y');
  const sender = sending({ url: 'http://localhost' });
  await Promise.all([sender.close(), sender.close()]);
  await expect(sender.send({})).rejects.toThrow(ClosedError);
});
