import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../../src/http/header.js';
import { verify } from '../support/fin.js';
import { createSecret } from '../../src/scheme/secret.js';
import { root, webhookCli } from '../support/cli.js';
import { startReceiver, type Received } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };
const secret = createSecret(Buffer.from('test_secret'), 'test');
const approved = path.join(root, 'fixtures/events/approved.json');

const send = (url: string, ...line: string[]) => webhookCli(['send', ...line, '--url', url], { env });

interface Event {
  event: { id: string; event_reference_id: string; created_at: string };
  data: { customer_id: string };
}

const eventIn = ({ body }: Received): Event => JSON.parse(body.toString()) as Event;

describe('every request of a load', () => {
  test.each([
    ['--status', 'QUEUED,APPROVED', 40],
    ['--fixture', 'approved', 20],
  ])('from %s %s has its own body and signature', async (flag, value, asked) => {
    const { url, received } = await startReceiver();
    const { exitCode } = await send(url, flag, value, '--count', '20', '--concurrency', '5');
    expect(exitCode).toBe(0);
    expect(received).toHaveLength(asked);
    expect(new Set(received.map(request => eventIn(request).event.id)).size).toBe(asked);
    const verdicts = received.map(({ body, rawHeaders }) => verify(body, pairsOf(rawHeaders), [secret]).valid);
    expect(verdicts).not.toContain(false);
  });

  test('is the same for the same seed and time', async () => {
    const { url, received } = await startReceiver();
    const line = ['-s', 'QUEUED', '--seed', '1', '--now', '2026-01-31T09:30:00Z', '--count', '5'];
    await send(url, ...line);
    await send(url, ...line);
    expect(received.slice(5).map(({ body }) => body)).toEqual(received.slice(0, 5).map(({ body }) => body));
  });

  test('from a file has its exact bytes, and standard input is read once', async () => {
    const { url, received } = await startReceiver();
    await send(url, approved, '--count', '3');
    const stdin = new PassThrough().end('not json');
    const { stderr } = await webhookCli(['send', '-', '--count', '3', '--url', url], { env, stdin });
    expect(stderr.match(/warning:/g)).toHaveLength(1);
    const [file, other] = [readFileSync(approved), Buffer.from('not json')];
    expect(received.map(({ body }) => body)).toEqual([file, file, file, other, other, other]);
  });

  const customer = '6b042125-686a-43e0-8a68-23cf5bee102e';

  test.each([
    ['statuses', ['-s', 'QUEUED,APPROVED', '--now', '2026-01-31T09:30:00Z']],
    ['fixtures that lie apart', ['-f', 'queued', '-f', 'rejected']],
    ['fixtures at a time of their own', ['-f', 'queued', '-f', 'rejected', '--now', '2026-01-31T09:30:00Z']],
    ['one event without a fraction in its time', ['--event', 'transit.payment.status']],
  ])('is later than the one before, with %s', async (_, flags) => {
    const { url, received } = await startReceiver();
    const subject = flags.includes('--event') ? [] : ['--customer', customer];
    await send(url, ...flags, ...subject, '--count', '3');
    const times = received.map(request => eventIn(request).event.created_at);
    expect(new Set(times).size).toBe(received.length);
    expect(times).toEqual(times.toSorted());
    expect(new Set(times.map(time => time.length)).size).toBe(1);
  });

  test('keeps set values, at any level', async () => {
    const { url, received } = await startReceiver();
    await send(url, '-f', 'approved', '--set', `data={"customer_id":"${customer}"}`, '--invalid', '--count', '3');
    expect(received.map(request => eventIn(request).data)).toEqual(Array(3).fill({ customer_id: customer }));
  });

  test('has its own reference, unless that’s the customer’s', async () => {
    const { url, received } = await startReceiver();
    await send(url, '--event', 'beneficiary.status', '--customer', customer, '--count', '3');
    expect(new Set(received.map(request => eventIn(request).event.event_reference_id)).size).toBe(3);
    expect(received.map(request => eventIn(request).data.customer_id)).toEqual(Array(3).fill(customer));
  });

  test('keeps the requested customer', async () => {
    const { url, received } = await startReceiver();
    await send(url, '-s', 'QUEUED', '--customer', customer, '--count', '2');
    expect(received.map(request => eventIn(request).data.customer_id)).toEqual([customer, customer]);
  });
});
