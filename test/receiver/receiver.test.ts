import { describe, expect, onTestFinished, test } from 'vitest';
import type { ReceiverEvent } from '../../src/receiver/events.js';
import { ListenError } from '../../src/receiver/addresses.js';
import { createSecret } from '../../src/scheme/secret.js';
import { approved, signatureOf, signed, statusOf } from '../support/listening.js';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';
import { clock, forwarderTo, receiving, witness } from './receiving.js';

/** Never throws, so that a dropped connection counts as a response. */
const answerOf = (url: string, request: RequestInit): Promise<number | 'none'> =>
  statusOf(url, request).catch(() => 'none');

describe('the events of a request', () => {
  test('that is accepted are `received` and `answered`', async () => {
    const { subscriber, events, types } = witness();
    const { url } = await receiving({ subscribers: [subscriber] });
    expect(await statusOf(url, signed(approved))).toBe(200);
    await expect.poll(types).toEqual(['received', 'answered']);
    expect(events).toMatchObject([
      { request: { seq: 1, method: 'POST', body: approved } },
      {
        request: { seq: 1 },
        assessment: { isAccepted: true, signature: { valid: true }, summary: { status: 'APPROVED' } },
        ...{ action: { status: 200 }, isGone: false, forwarded: undefined },
      },
    ]);
  });

  test('that is refused include the reason', async () => {
    const { subscriber, events, types } = witness();
    const { url } = await receiving({ subscribers: [subscriber], path: '/hook' });
    expect(await statusOf(url, signed(approved))).toBe(404);
    expect(await statusOf(`${url}/hook`, signed(approved, 'other'))).toBe(401);
    await expect.poll(types).toEqual(['received', 'answered', 'received', 'answered']);
    expect(events[1]).toMatchObject({ assessment: { isAccepted: false, refusal: 'wrong-path' } });
    expect(events[3]).toMatchObject({
      assessment: { isAccepted: false, signature: { valid: false, reason: 'signature-mismatch' } },
    });
  });

  test('that is forwarded have the application’s response between them', async () => {
    const { subscriber, events, types } = witness();
    const application = await startReceiver(response => response.writeHead(202).end());
    const forwarder = forwarderTo(application.url);
    const { url } = await receiving({ subscribers: [subscriber], forwarder });
    const { ended } = await rawClient(url, post('{}', 'connection: close'));
    expect(statusesIn(await ended)).toEqual([401]);
    const signature = `x-fin-signature: ${signatureOf('[]')['x-fin-signature']}`;
    const next = await rawClient(url, post('[]', 'connection: close', signature));
    expect(statusesIn(await next.ended)).toEqual([202]);
    await expect.poll(types).toEqual(['received', 'answered', 'received', 'forwarded', 'answered']);
    const forwarded = { url: new URL(application.url), outcome: { reply: { status: 202 } } };
    expect(events.slice(3)).toMatchObject([{ forwarded }, { forwarded, action: { status: 202 } }]);
  });

  test('whose client left end with `answered`, which says so', async () => {
    const { subscriber, events, types } = witness();
    const { url } = await receiving({ subscribers: [subscriber], responseDelay: 60_000, secrets: undefined });
    const { socket } = await rawClient(url, post(approved.toString()));
    await expect.poll(types).toEqual(['received']);
    socket.destroy();
    await expect.poll(types).toEqual(['received', 'answered']);
    expect(events[1]).toMatchObject({ isGone: true, action: { status: 200 } });
  });

  test('that is meant to get no response end with `answered`, too', async () => {
    const { subscriber, events } = witness();
    const { url } = await receiving({ subscribers: [subscriber], responses: [{ status: 500 }, 'drop'] });
    expect(await answerOf(url, signed(approved))).toBe(500);
    expect(await answerOf(url, signed(approved, 'other'))).toBe(401);
    expect(await answerOf(url, signed(approved))).toBe('none');
    const actions = () => events.flatMap(event => (event.type === 'answered' ? [event.action] : []));
    await expect.poll(actions).toEqual([{ status: 500 }, { status: 401 }, 'drop']);
  });
});

test('bytes that aren’t a request are a protocol error', async () => {
  const { subscriber, events } = witness();
  const { url } = await receiving({ subscribers: [subscriber] });
  const { ended } = await rawClient(url, 'x\r\n\r\n');
  expect(statusesIn(await ended)).toEqual([400]);
  expect(events).toEqual([
    { type: 'protocol-error', error: { receivedAt: clock.now(), reason: 'not-http', status: 400 } },
  ]);
});

describe('subscribers', () => {
  test('get each event in order', async () => {
    const heard: string[] = [];
    const subscribers = ['first', 'second'].map(name => ({ received: () => void heard.push(name) }));
    const { url } = await receiving({ subscribers: [...subscribers, {}] });
    await statusOf(url, signed(approved));
    expect(heard).toEqual(['first', 'second']);
  });

  test('that never finish delay no response', async () => {
    const never = new Promise<void>(() => undefined);
    let begun = 0;
    const slow = async (): Promise<void> => {
      begun += 1;
      await never;
    };
    const { url, close } = await receiving({
      subscribers: [{ received: () => void slow(), answered: () => void slow() }],
    });
    expect(await statusOf(url, signed(approved))).toBe(200);
    expect(await statusOf(url, signed(approved))).toBe(200);
    await close();
    expect(begun).toBe(4);
  });

  test('that throw are reported, and the request still gets a response', async () => {
    const bug = new Error('a bug in a subscriber');
    const caught: unknown[] = [];
    const others = process.rawListeners('uncaughtException') as ((error: unknown) => void)[];
    process.removeAllListeners('uncaughtException').on('uncaughtException', error => caught.push(error));
    onTestFinished(() => {
      process.removeAllListeners('uncaughtException');
      for (const other of others) process.on('uncaughtException', other);
    });
    const failing = {
      received: () => {
        throw bug;
      },
    };
    const { url } = await receiving({ subscribers: [failing] });
    expect(await statusOf(url, signed(approved))).toBe(200);
    expect(caught).toEqual([bug]);
  });
});

test('two receivers in one process share nothing', async () => {
  const [first, second] = [witness(), witness()];
  const other = [createSecret(Buffer.from('other'), 'other')];
  const one = await receiving({ subscribers: [first.subscriber], responses: [{ status: 201 }, { status: 202 }] });
  const two = await receiving({ subscribers: [second.subscriber], secrets: other });
  expect(await statusOf(one.url, signed(approved))).toBe(201);
  expect(await statusOf(two.url, signed(approved))).toBe(401);
  expect(await statusOf(two.url, signed(approved, 'other'))).toBe(200);
  await one.close();
  expect(await statusOf(two.url, signed(approved, 'other'))).toBe(200);
  const numbers = (events: readonly ReceiverEvent[]) =>
    events.flatMap(event => (event.type === 'received' ? [event.request.seq] : []));
  expect([numbers(first.events), numbers(second.events)]).toEqual([[1], [1, 2, 3]]);
});

test('an unavailable address is an error with a reason, and without mentioning flags', async () => {
  const { url } = await receiving();
  const port = Number(new URL(url).port);
  const busy = await receiving({ port }).catch((error: unknown) => error);
  expect(busy).toBeInstanceOf(ListenError);
  expect(busy).toMatchObject({ reason: 'port-in-use', host: '127.0.0.1', port, code: 'local', hint: undefined });
  const foreign = await receiving({ host: '192.0.2.1' }).catch((error: unknown) => error);
  expect(foreign).toMatchObject({ reason: 'no-address', host: '192.0.2.1', hint: undefined });
});
