import { execFile } from 'node:child_process';
import { request } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { ClosedError, createReceiver, createSender, LocalError } from '../../src/index.js';
import { eventOf, post, receiving, secret } from './receiving.js';

test('Two receivers at once share nothing.', async () => {
  const [one, other] = await Promise.all([receiving(), receiving({ scheme: 'github', secret: 'p0Wn8RtYb3Hs' })]);
  await post(one, await eventOf('APPROVED'));
  await post(other, '{}', { scheme: 'github', with: 'p0Wn8RtYb3Hs' });
  await one.close();
  expect(await post(other, '{}', { scheme: 'github', with: 'p0Wn8RtYb3Hs' })).toBe(200);
  expect([one.requests.length, other.requests.length]).toEqual([1, 2]);
});

test('Closing twice, at once or later, equals closing once.', async () => {
  const receiver = await receiving();
  await Promise.all([receiver.close(), receiver.close()]);
  await receiver.close();
  await expect(fetch(receiver.url)).rejects.toThrow();
  await expect(receiver.waitFor()).rejects.toThrow(ClosedError);
});

test('A receiver that is disposed is closed.', async () => {
  const url = await (async () => {
    await using receiver = await createReceiver({ secret });
    return receiver.url;
  })();
  await expect(fetch(url)).rejects.toThrow();
});

test('A port in use rejects with an error that has a code.', async () => {
  const { url } = await receiving();
  const error: unknown = await createReceiver({ secret, port: Number(new URL(url).port) }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LocalError);
  expect(error).toMatchObject({ code: 'local', message: expect.stringContaining('is in use') as string });
});

test('A signal closes a receiver, prevents one from starting, and ends a wait.', async () => {
  const closing = new AbortController();
  const receiver = await receiving({ signal: closing.signal });
  const ending = new AbortController();
  const wait = receiver.waitFor(undefined, { signal: ending.signal, timeout: 20_000 });
  ending.abort(new Error('enough'));
  await expect(wait).rejects.toThrow('enough');
  const other = receiver.waitFor(undefined, { timeout: 20_000 });
  closing.abort();
  await expect(other).rejects.toThrow(ClosedError);
  await receiver.close();
  await expect(receiving({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
  const during = new AbortController();
  const starting = receiving({ signal: during.signal });
  during.abort(new Error('in between'));
  await expect(starting).rejects.toThrow('in between');
});

test('A test that ends while waiting for a request leaves no unhandled rejection.', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const receiver = await receiving();
  void receiver.waitFor();
  void receiver.expectNone({ for: 20_000 });
  await receiver.close();
  await new Promise(resolve => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

test('An exception in respond gives 500, and rejects the current wait, the next one, or close.', async () => {
  const respond = () => {
    throw new RangeError('a bug of the test');
  };
  const receiver = await receiving({ respond });
  const wait = receiver.waitFor({ never: true }, { timeout: 20_000 });
  const failing = expect(wait).rejects.toThrow(new RangeError('a bug of the test'));
  expect(await post(receiver, await eventOf('APPROVED'))).toBe(500);
  await failing;
  expect(receiver.requests[0]).toMatchObject({ answer: 500 });
  await post(receiver, await eventOf('APPROVED'));
  await expect(receiver.expectNone()).rejects.toThrow(RangeError);
  await post(receiver, await eventOf('APPROVED'));
  await expect(receiver.close()).rejects.toThrow(RangeError);
  await receiver.close();
});

test('An exception in respond goes to onError if it’s set, whatever respond returns.', async () => {
  const errors: unknown[] = [];
  const results: (() => unknown)[] = [
    () => Promise.reject(new Error('late')),
    () => 'nonsense',
    () => ({ headers: { 'x y': 'z' } }),
    () => ({ body: 1n }),
  ];
  const receiver = await receiving({
    respond: () => results.shift()?.() as never,
    onError: error => errors.push(error),
  });
  for (let count = 0; count < 4; count += 1) expect(await post(receiver, await eventOf('APPROVED'))).toBe(500);
  expect(errors.map(error => (error as Error).name)).toEqual(['Error', 'UsageError', 'TypeError', 'UsageError']);
});

test('Hanging requests, and those that respond never decides, end when the receiver is closed.', async () => {
  const signals: AbortSignal[] = [];
  const hanging = await receiving({ respond: 'hang' });
  const undecided = await receiving({
    respond: (_, { signal }) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    },
  });
  const body = await eventOf('APPROVED');
  const lost = [post(hanging, body), post(undecided, body)].map(one => one.catch(() => 'gone'));
  expect((await hanging.waitFor()).answer).toBe('hang');
  await undecided.waitFor();
  await Promise.all([hanging.close(), undecided.close()]);
  expect(await Promise.all(lost)).toEqual(['gone', 'gone']);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(undecided.requests[0]?.answer).toBe('drop');
});

test('When there are more requests than it keeps, the oldest are dropped, and numbers continue.', async () => {
  const receiver = await receiving({ scheme: 'github', maxRequests: 3 });
  for (let count = 0; count < 5; count += 1) await post(receiver, '{}', { scheme: 'github' });
  expect(receiver.requests.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect((await receiver.waitFor()).seq).toBe(3);
  const small = await receiving({ scheme: 'github', maxBytes: 10_000 });
  for (let count = 0; count < 3; count += 1) await post(small, 'x'.repeat(20_000), { scheme: 'github' });
  expect(small.requests.map(({ seq }) => seq)).toEqual([3]);
  await expect(small.waitFor({ a: 1 }, { timeout: 0 })).rejects.toThrow('3 requests came (the 1 latest are listed):');
});

test('Four thousand requests are kept within the memory limit, and each gets a response.', async () => {
  const scheme = 'github';
  const receiver = await receiving({ scheme, maxBytes: 2 ** 20, respond: async () => Promise.resolve(204) });
  await using sender = createSender({ url: receiver.url, secret, scheme });
  const body = 'x'.repeat(2000);
  const results = await sender.sendAll(Array<string>(4000).fill(body), { concurrency: 50 });
  expect(results.filter(({ status }) => status !== 204)).toEqual([]);
  expect(receiver.requests.at(-1)?.seq).toBe(4000);
  expect(receiver.requests.length).toBeLessThan(2 ** 20 / 2000);
  expect(receiver.requests.length).toBeGreaterThan(100);
});

test('A header may have any name, even that of an object’s property.', async () => {
  const receiver = await receiving();
  request(receiver.url, { method: 'POST', headers: ['__proto__', 'a', 'constructor', 'b', 'host', 'c'] }).end('{}');
  await expect(receiver.expectNone({ for: 20_000 })).rejects.toThrow('signature-missing');
  const { headers } = receiver.requests[0]!;
  expect(['__proto__', 'constructor', 'toString'].map(name => headers[name])).toEqual(['a', 'b', undefined]);
});

test('A closed receiver and a closed sender don’t keep a process alive.', async () => {
  const script = `
    const { createReceiver, createSender } = require(process.argv[1]);
    (async () => {
      const secret = 'k7Qz2mVx9LpT';
      const receiver = await createReceiver({ secret, scheme: 'github', respond: [500, 200] });
      const sender = createSender({ url: receiver.url, secret, scheme: 'github', retries: 1 });
      const { attempts } = await sender.send({ a: 1 });
      void receiver.waitFor({ never: true }, { timeout: 100000 });
      await sender.close();
      await receiver.close();
      console.log(attempts.map(({ status }) => status).join());
    })();
  `;
  const library = path.join(inject('builtPackage'), 'dist/library/index.js');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', script, library], { timeout: 20_000 });
  expect([stdout, stderr.replace(/^.*ExperimentalWarning[^]*$/, '')]).toEqual(['500,200\n', '']);
});
