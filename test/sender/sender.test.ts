import { describe, expect, test } from 'vitest';
import { InputError, LocalError } from '../../src/errors.js';
import { openStore } from '../../src/recording/store.js';
import { combineSubscribers, type SenderSubscriber } from '../../src/sender/events.js';
import { createMeter } from '../../src/sender/meter.js';
import { createRecorder } from '../../src/sender/recorder.js';
import type { Delivery } from '../../src/sender/sender.js';
import { freePort } from '../support/free-port.js';
import { startReceiver } from '../support/receiver.js';
import { deliveriesOf, inTurn, makerFor, senderWith, tickingClock, typesOf, witness } from './sending.js';

describe('events', () => {
  test('of a success are sending, attempted and answered', async () => {
    const { url } = await startReceiver();
    const { events, subscriber } = witness();
    const maker = makerFor(url);
    const tally = await senderWith(maker, { subscribers: [subscriber] }).send({ deliveries: deliveriesOf(maker, 'a') });
    expect(tally).toEqual({ expected: 1, unexpected: 0, failed: 0 });
    expect(events).toMatchObject([
      { type: 'sending', delivery: { seq: 1, source: 'a' } },
      { type: 'attempted', outcome: { reply: { status: 200 } }, lateness: 0 },
      { type: 'answered', delivery: { seq: 1 }, unmet: [], attempt: 1, isRetried: false },
    ]);
  });

  test('of a retry report each attempt, and that another follows', async () => {
    const { url } = await startReceiver(inTurn(503, 200));
    const { events, subscriber } = witness();
    const maker = makerFor(url);
    const sender = senderWith(maker, { subscribers: [subscriber], retries: 2 });
    expect(await sender.send({ deliveries: deliveriesOf(maker, 'a') })).toMatchObject({ expected: 1 });
    expect(events).toMatchObject([
      { type: 'sending' },
      { type: 'attempted' },
      { type: 'answered', unmet: [{ what: 'status' }], attempt: 1, isRetried: true },
      { type: 'retrying', because: { reply: { status: 503 } }, attempt: 2, attempts: 3, wait: 0 },
      { type: 'attempted' },
      { type: 'answered', unmet: [], attempt: 2, isRetried: false },
    ]);
  });

  test('of a wait that is too long end with its refusal', async () => {
    const { url } = await startReceiver(response => response.writeHead(503, { 'retry-after': '61' }).end());
    const { events, subscriber } = witness();
    const maker = makerFor(url);
    const sender = senderWith(maker, { subscribers: [subscriber], retries: 1 });
    expect(await sender.send({ deliveries: deliveriesOf(maker, 'a') })).toMatchObject({ unexpected: 1 });
    expect(typesOf(events)).toEqual(['sending', 'attempted', 'answered', 'wait-refused']);
  });

  test('of a failure end with its details', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const { events, subscriber } = witness();
    const maker = makerFor(url);
    const sender = senderWith(maker, { subscribers: [subscriber], timeout: 5000 });
    expect(await sender.send({ deliveries: deliveriesOf(maker, 'a') })).toMatchObject({ failed: 1 });
    expect(typesOf(events)).toEqual(['sending', 'attempted', 'failed']);
    expect(events[2]).toMatchObject({ failure: { reason: 'refused' }, url: new URL(url), timeout: 5000 });
  });

  test('of a response that can’t be recorded come after it, and nothing is retried', async () => {
    const { url, received } = await startReceiver(inTurn(503));
    const { events, subscriber } = witness();
    const maker = makerFor(url);
    const recorder = createRecorder(await openStore('/dev/full', { isSynced: false }), tickingClock());
    const sender = senderWith(maker, { subscribers: [subscriber], recorder, retries: 2 });
    expect(await sender.send({ deliveries: deliveriesOf(maker, 'a') })).toMatchObject({ failed: 1 });
    expect(typesOf(events)).toEqual(['sending', 'attempted', 'answered', 'unrecorded']);
    expect(events[3]).toMatchObject({ delivery: { seq: 1 }, error: { code: 'local' } });
    expect(received).toHaveLength(1);
  });

  test('of a request that can’t be made come alone, and the others are sent', async () => {
    const { url, received } = await startReceiver();
    const { events, subscriber } = witness();
    const maker = makerFor(url);
    const broken: Delivery = {
      source: 'missing.json',
      plan: () => Promise.reject(new InputError("can't read missing.json")),
    };
    const sender = senderWith(maker, { subscribers: [subscriber] });
    const deliveries = [broken, ...deliveriesOf(maker, 'b')];
    expect(await sender.send({ deliveries })).toEqual({ expected: 1, unexpected: 0, failed: 1 });
    expect(typesOf(events)).toEqual(['unsendable', 'sending', 'attempted', 'answered']);
    expect(events[0]).toMatchObject({ seq: 1, source: 'missing.json', error: { code: 'input' } });
    expect(received.map(({ body }) => body.toString())).toEqual(['b']);
  });
});

describe('subscribers', () => {
  test('delay the sender as long as they need', async () => {
    const order: string[] = [];
    const { url } = await startReceiver(response => {
      order.push('received');
      response.end();
    });
    let release: () => void = () => undefined;
    const slow: SenderSubscriber = {
      sending: ({ delivery: { source } }) =>
        new Promise(resolve => {
          order.push(`sending ${source}`);
          release = () => {
            order.push(`released ${source}`);
            resolve();
          };
        }),
    };
    const maker = makerFor(url);
    const done = senderWith(maker, { subscribers: [slow] }).send({ deliveries: deliveriesOf(maker, 'a', 'b') });
    for (const source of ['a', 'b']) {
      await expect.poll(() => order.at(-1)).toBe(`sending ${source}`);
      release();
    }
    await done;
    expect(order).toEqual(['sending a', 'released a', 'received', 'sending b', 'released b', 'received']);
  });

  test('are called in order, each after the one before', async () => {
    const order: string[] = [];
    const named = (name: string): SenderSubscriber => ({
      unrecorded: async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
      },
    });
    const error = new LocalError('x');
    const { unrecorded } = combineSubscribers([named('one'), {}, named('two')]);
    await unrecorded?.({ type: 'unrecorded', delivery: undefined, error });
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  test('decide which events are created', async () => {
    const url = new URL(`http://127.0.0.1:${await freePort()}/`);
    const maker = makerFor(url.href);
    /** How many times the sender reads a plan's URL: once to sign it, and once for the event. */
    const readsWith = async (subscriber: SenderSubscriber): Promise<number> => {
      let reads = 0;
      const plan = () => ({
        ...maker.plan(Buffer.from('{}')),
        get url() {
          reads += 1;
          return url;
        },
      });
      await senderWith(maker, { subscribers: [subscriber] }).send({ deliveries: [{ source: 'a', plan }] });
      return reads;
    };
    expect(await readsWith({ failed: () => undefined })).toBe(2);
    expect(await readsWith({ sending: () => undefined })).toBe(1);
    expect(await readsWith({})).toBe(1);
    const { subscriber } = createMeter(undefined);
    expect(Object.keys(combineSubscribers([subscriber, {}])).sort()).toEqual(['attempted', 'unrecorded', 'unsendable']);
  });
});
