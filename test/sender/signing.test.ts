import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../../src/http/header.js';
import { openStore } from '../../src/recording/store.js';
import type { SchemeDefinition } from '../../src/scheme/definition.js';
import { Scheme } from '../../src/scheme/scheme.js';
import type { SenderSubscriber } from '../../src/sender/events.js';
import { createRecorder } from '../../src/sender/recorder.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver, type Received } from '../support/receiver.js';
import { entriesOf } from '../support/recording.js';
import { deliveriesOf, inTurn, makerFor, secret, senderWith, tickingClock } from './sending.js';

const timed: SchemeDefinition = {
  signature: { header: 'webhook-signature', encoding: 'base64', list: ' ', pair: ',', key: 'v1' },
  signed: '{id}.{timestamp}.{body}',
  timestamp: { header: 'webhook-timestamp', past: '5m', future: '5m' },
  id: { header: 'webhook-id' },
};

const headerOf = ({ headers }: Received, name: string): string => String(headers[name]);

describe('each attempt', () => {
  test('is signed with its own time, if the scheme has one, and keeps the id', async () => {
    const scheme = new Scheme('timed', timed);
    const { url, received } = await startReceiver(inTurn(503, 503, 200));
    const maker = makerFor(url, { scheme });
    await senderWith(maker, { retries: 2 }).send({ deliveries: deliveriesOf(maker, '{"a":1}') });
    const distinct = (name: string) => new Set(received.map(request => headerOf(request, name)));
    expect(received).toHaveLength(3);
    expect([...distinct('webhook-timestamp')]).toEqual(['1769851800', '1769851801', '1769851802']);
    expect(distinct('webhook-signature').size).toBe(3);
    expect([...distinct('webhook-id')]).toEqual(['0'.repeat(32)]);
    for (const { method, rawHeaders, body } of received) {
      const message = { method, headers: pairsOf(rawHeaders), body };
      expect(scheme.verify(message, [secret], new Date('2026-01-31T09:30:02Z'))).toMatchObject({ valid: true });
    }
  });

  test('sends the same bytes with Fin’s scheme, and doesn’t read the clock', async () => {
    const { url, received } = await startReceiver(inTurn(503, 200));
    const clock = tickingClock();
    const maker = makerFor(url, { clock });
    await senderWith(maker, { retries: 1 }).send({ deliveries: deliveriesOf(maker, '{}') });
    const [first, second] = received.map(({ target, rawHeaders, body }) => ({ target, rawHeaders, body }));
    expect(second).toEqual(first);
    expect(clock.calls()).toBe(0);
  });

  test('is recorded as it was sent, before the next one is sent', async () => {
    const scheme = new Scheme('timed', timed);
    const file = path.join(temporaryFolder(), 'sent.ndjson');
    const { url, received } = await startReceiver(inTurn(503, 200));
    const maker = makerFor(url, { scheme });
    const recorder = createRecorder(await openStore(file, { isSynced: false }), tickingClock());
    const recorded: number[] = [];
    const counting: SenderSubscriber = {
      async retrying() {
        for await (const entry of entriesOf(file)) if (entry.kind === 'request') recorded.push(recorded.length);
      },
    };
    const sender = senderWith(maker, { retries: 1, recorder, subscribers: [counting] });
    await sender.send({ deliveries: deliveriesOf(maker, '{}') });
    expect(recorded).toEqual([0]);
    const timestamps: unknown[] = [];
    for await (const entry of entriesOf(file)) {
      if (entry.kind === 'request')
        timestamps.push(entry.request.headers.find(([name]) => name === 'webhook-timestamp')?.[1]);
    }
    expect(timestamps).toEqual(received.map(request => headerOf(request, 'webhook-timestamp')));
  });
});
