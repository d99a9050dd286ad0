import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { statusSet } from '../../src/http/status-set.js';
import type { Clock } from '../../src/ports.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import type { SenderEvent, SenderSubscriber } from '../../src/sender/events.js';
import { createHttpClient } from '../../src/sender/http-client.js';
import { createRequestMaker, type RequestMaker } from '../../src/sender/request.js';
import { Sender, type Delivery, type SenderOptions } from '../../src/sender/sender.js';

export const secret = createSecret(Buffer.from('test_secret'), 'test');

/** A clock that advances by a second each time, and whose random number is always zero. */
export function tickingClock(): Clock & { calls: () => number } {
  let calls = 0;
  return {
    now: () => new Date(Date.UTC(2026, 0, 31, 9, 30, calls++)),
    randomBytes: size => new Uint8Array(size),
    calls: () => calls,
  };
}

export const makerFor = (url: string, { scheme = schemes.fin, clock = tickingClock() } = {}): RequestMaker =>
  createRequestMaker({ url: new URL(url), headers: [], scheme, signing: { secret }, version: '0.0.0', clock });

/** A delivery of each of these bodies. */
export const deliveriesOf = ({ plan }: RequestMaker, ...bodies: string[]): Delivery[] =>
  bodies.map(body => ({ source: body, plan: () => plan(Buffer.from(body)) }));

export function senderWith(
  maker: RequestMaker,
  { retries = 0, timeout = 10_000, ...options }: Partial<SenderOptions> & { retries?: number } = {},
): Sender {
  const sender = new Sender({
    client: createHttpClient({ timeout }),
    timeout,
    sign: maker.sign,
    policy: { retries, maxWait: 60_000 },
    expectation: { status: statusSet('2xx'), headers: [] },
    clock: tickingClock(),
    signal: new AbortController().signal,
    subscribers: [],
    ...options,
  });
  onTestFinished(() => sender.close());
  return sender;
}

/** A subscriber to all events, and the events it received. */
export function witness(): { events: SenderEvent[]; subscriber: SenderSubscriber } {
  const events: SenderEvent[] = [];
  const note = (event: SenderEvent): undefined => {
    events.push(event);
  };
  const subscriber = {
    ...{ sending: note, attempted: note, answered: note, retrying: note, 'wait-refused': note },
    ...{ failed: note, unrecorded: note, unsendable: note },
  };
  return { events, subscriber };
}

export const typesOf = (events: readonly SenderEvent[]): string[] => events.map(({ type }) => type);

/** Responds in order; the last response repeats. */
export function inTurn(...statuses: number[]): (response: ServerResponse) => void {
  let turn = 0;
  return response => {
    response.writeHead(statuses[Math.min(turn++, statuses.length - 1)] ?? 200, { 'retry-after': '0' }).end();
  };
}
