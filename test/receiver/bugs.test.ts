import { describe, expect, test } from 'vitest';
import type { Forwarder } from '../../src/receiver/forward.js';
import type { ReceiverOptions } from '../../src/receiver/receiver.js';
import type { Recorder } from '../../src/receiver/recorder.js';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { receiving, witness } from './receiving.js';

const bug = new TypeError('a bug');
const fail = (): never => {
  throw bug;
};

const recorder: Recorder = {
  recordRequest: ({ target }) => (target === '/bug' ? fail() : Promise.resolve('id')),
  recordReply: () => Promise.resolve(),
};

const forwarder: Forwarder = {
  forward: () => Promise.reject(bug),
  canTake: () => true,
  isLoop: () => false,
  close: () => Promise.resolve(),
};

const unwritable = {
  url: 'http://127.0.0.1:1/',
  outcome: { failure: { reason: 'refused', cause: bug }, milliseconds: 1 },
  answer: { status: 200, content: { headers: [['x', 'line\nbreak']], body: Buffer.alloc(0) } },
} as const;

describe('a bug in one request', () => {
  test.each<[string, Partial<ReceiverOptions>]>([
    ['while its body is inspected', { inspect: fail }],
    ['while it is recorded', { recorder }],
    ['while it is forwarded', { forwarder }],
    ['while it is asked whether it can be forwarded', { forwarder: { ...forwarder, canTake: fail } }],
    ['in the headers of its response', { forwarder: { ...forwarder, forward: () => Promise.resolve(unwritable) } }],
  ])('%s is reported and gives 500, and the others are served', async (_, options) => {
    const bugs: unknown[] = [];
    const { subscriber, types } = witness();
    const { url } = await receiving({
      ...{ secrets: undefined, ...options, path: '/bug', subscribers: [subscriber] },
      onBug: error => bugs.push(error),
    });
    const client = await rawClient(url, post('1').replace('POST /', 'POST /bug') + post('2', 'connection: close'));
    expect(statusesIn(await client.ended)).toEqual([500, 404]);
    expect(bugs).toHaveLength(1);
    expect(bugs[0]).toBeInstanceOf(TypeError);
    expect(types().filter(type => type === 'answered')).toHaveLength(2);
  });

  test('in the response’s headers shows the response that was sent instead', async () => {
    const { subscriber, events } = witness();
    const { url } = await receiving({
      ...{ secrets: undefined, inspect: undefined, subscribers: [subscriber], onBug: () => undefined },
      forwarder: { ...forwarder, forward: () => Promise.resolve(unwritable) },
    });
    const client = await rawClient(url, post('1', 'connection: close'));
    expect(statusesIn(await client.ended)).toEqual([500]);
    expect(events.filter(({ type }) => type === 'answered')).toMatchObject([
      { action: { status: 500 }, isGone: false, assessment: { isAccepted: false, refusal: 'internal-error' } },
    ]);
  });

  test('before anything is known about it is reported and gives 500, and the server closes normally', async () => {
    const bugs: unknown[] = [];
    let isBroken = true;
    const now = () => (isBroken ? fail() : new Date(0));
    const { url, close } = await receiving({
      ...{ secrets: undefined, inspect: undefined, clock: { now }, limits: { grace: 60_000 } },
      onBug: error => bugs.push(error),
    });
    expect(statusesIn(await (await rawClient(url, post('1'))).ended)).toEqual([500]);
    expect(bugs).toEqual([bug]);
    isBroken = false;
    expect(statusesIn(await (await rawClient(url, post('2', 'connection: close'))).ended)).toEqual([200]);
    await close();
  });

  test('in a subscriber is reported, and changes no response', async () => {
    const bugs: unknown[] = [];
    const { url } = await receiving({
      secrets: undefined,
      inspect: undefined,
      subscribers: [{ received: fail, answered: fail }],
      onBug: error => bugs.push(error),
    });
    const client = await rawClient(url, post('1', 'connection: close'));
    expect(statusesIn(await client.ended)).toEqual([200]);
    await expect.poll(() => bugs).toEqual([bug, bug]);
  });
});
