import { onTestFinished } from 'vitest';
import { inspect } from '../support/events.js';
import type { ReceiverEvent, ReceiverSubscriber } from '../../src/receiver/events.js';
import { createForwarder, type Forwarder } from '../../src/receiver/forward.js';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../src/receiver/receiver.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';

export const clock = { now: () => new Date('2026-01-01T00:00:00Z') };
const secrets = [createSecret(Buffer.from('test_secret'), 'test')];

/** A receiver on a free port, which is closed after the test. */
export async function receiving(options: Partial<ReceiverOptions> = {}): Promise<Receiver> {
  const usual = { host: '127.0.0.1', port: 0, clock, scheme: schemes.fin, secrets, inspect, limits: { grace: 100 } };
  const receiver = await createReceiver({ ...usual, ...options });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= receiver.close());
  onTestFinished(close);
  return { ...receiver, close };
}

/** A subscriber to all events, and the events it received. */
export function witness(): { subscriber: ReceiverSubscriber; events: ReceiverEvent[]; types: () => string[] } {
  const events: ReceiverEvent[] = [];
  const note = (event: ReceiverEvent) => {
    events.push(event);
  };
  const subscriber = { received: note, unrecorded: note, forwarded: note, answered: note, 'protocol-error': note };
  return { subscriber, events, types: () => events.map(({ type }) => type) };
}

/** A forwarder to the application at `url`, which is closed after the test. */
export function forwarderTo(url: string): Forwarder {
  const forwarder = createForwarder({ url: new URL(url), timeout: 20_000, id: 'test', scheme: schemes.fin });
  onTestFinished(forwarder.close);
  return forwarder;
}
