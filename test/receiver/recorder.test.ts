import { describe, expect, test } from 'vitest';
import { LocalError } from '../../src/errors.js';
import type { Recorder } from '../../src/receiver/recorder.js';
import { approved, signed, statusOf } from '../support/listening.js';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';
import { forwarderTo, receiving, witness } from './receiving.js';

interface Controlled extends Recorder {
  /** Settles when the first request is to be recorded. */
  asked: Promise<void>;
  /** Lets requests be recorded. */
  succeed: () => void;
  /** Makes recording requests fail. */
  fail: (error: Error) => void;
}

/** A recorder that waits until the test lets it succeed or fail. Responses always fail. */
function controlledRecorder(): Controlled {
  let [onAsked, succeed]: [() => void, () => void] = [() => undefined, () => undefined];
  let fail: (error: Error) => void = () => undefined;
  const asked = new Promise<void>(resolve => (onAsked = resolve));
  const recorded = new Promise<string>((resolve, reject) => {
    succeed = () => {
      resolve('id');
    };
    fail = reject;
  });
  // It may fail before a request needs it.
  recorded.catch(() => undefined);
  return {
    asked,
    succeed,
    fail,
    recordRequest: () => {
      onAsked();
      return recorded;
    },
    recordReply: () => Promise.reject(new LocalError('no space for a response')),
  };
}

describe('the recorder', () => {
  test('finishes before the response is sent', async () => {
    const recorder = controlledRecorder();
    const { subscriber, types } = witness();
    const { url } = await receiving({ recorder, subscribers: [subscriber] });
    const answer = statusOf(url, signed(approved));
    await recorder.asked;
    // Another request arrives and waits in the same way: no response has overtaken this step.
    const other = statusOf(url, signed(approved, 'other'));
    await expect.poll(types).toEqual(['received', 'received']);
    recorder.succeed();
    expect([await answer, await other]).toEqual([200, 401]);
  });

  test('that fails makes the request fail with 503, whatever else is wrong with it', async () => {
    const recorder = controlledRecorder();
    const error = new LocalError('no space');
    recorder.fail(error);
    const { subscriber, events, types } = witness();
    const { url } = await receiving({ recorder, subscribers: [subscriber], responses: [{ status: 202 }] });
    expect(await statusOf(url, signed(approved))).toBe(503);
    await expect.poll(types).toEqual(['received', 'unrecorded', 'answered']);
    expect(events.slice(1)).toMatchObject([
      { what: 'request', request: { seq: 1 }, error },
      { assessment: { isAccepted: false, refusal: 'not-saved' }, action: { status: 503 } },
    ]);
  });

  test('that fails stops the request from reaching the application', async () => {
    const recorder = controlledRecorder();
    recorder.fail(new LocalError('no space'));
    const application = await startReceiver();
    const forwarder = forwarderTo(application.url);
    const { url } = await receiving({ recorder, forwarder, secrets: undefined });
    const { ended } = await rawClient(url, post('{}', 'connection: close'));
    expect(statusesIn(await ended)).toEqual([503]);
    expect(application.received).toEqual([]);
  });

  test('that fails on a response doesn’t stop it from reaching the sender', async () => {
    const recorder = controlledRecorder();
    recorder.succeed();
    const application = await startReceiver(response => response.writeHead(202).end());
    const forwarder = forwarderTo(application.url);
    const { subscriber, events, types } = witness();
    const { url } = await receiving({ recorder, forwarder, secrets: undefined, subscribers: [subscriber] });
    const { ended } = await rawClient(url, post('{}', 'connection: close'));
    expect(statusesIn(await ended)).toEqual([202]);
    await expect.poll(types).toEqual(['received', 'forwarded', 'unrecorded', 'answered']);
    expect(events[2]).toMatchObject({ what: 'reply', error: { message: 'no space for a response' } });
  });
});
