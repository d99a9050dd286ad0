import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createReceiver } from '../src/receiver/receiver.js';
import { statusSet } from '../src/http/status-set.js';
import { schemes } from '../src/scheme/schemes.js';
import { createSecret } from '../src/scheme/secret.js';
import { createHttpClient } from '../src/sender/http-client.js';
import { createRequestMaker } from '../src/sender/request.js';
import { Sender } from '../src/sender/sender.js';

test('A subscriber of the receiver and one of the sender see the same delivery from both sides.', async () => {
  const seen: string[] = [];
  const clock = { now: () => new Date(), randomBytes };
  const secret = createSecret(Buffer.from('a secret'), 'the test');
  const scheme = schemes.fin;
  const receiver = await createReceiver({
    host: '127.0.0.1',
    port: 0,
    clock,
    scheme,
    secrets: [secret],
    responses: [{ status: 503 }, { status: 200 }],
    subscribers: [{ answered: ({ request, isGone }) => seen.push(`received ${request.seq}${isGone ? ', gone' : ''}`) }],
  });
  onTestFinished(receiver.close);
  const signing = { secret, algorithm: 'sha256' as const };
  const url = new URL(receiver.url);
  const { plan, sign } = createRequestMaker({ url, headers: [], scheme, signing, version: '0.0.0', clock });
  const sender = new Sender({
    client: createHttpClient({ timeout: 10_000 }),
    timeout: 10_000,
    expectation: { status: statusSet('2xx'), headers: [] },
    policy: { retries: 1, maxWait: 0 },
    sign,
    clock: { ...clock, randomBytes: size => new Uint8Array(size) },
    signal: new AbortController().signal,
    subscribers: [
      { answered: ({ answer, isRetried }) => void seen.push(`${answer.reply.status}, again: ${isRetried}`) },
    ],
  });
  onTestFinished(() => sender.close());
  await sender.send({ deliveries: [{ source: 'test', plan: () => plan(Buffer.from('{}')) }] });
  expect(seen).toEqual(['received 1', '503, again: true', 'received 2', '200, again: false']);
});
