import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createReceiver } from '../../src/receiver/receiver.js';
import { createSecret } from '../../src/scheme/secret.js';
import { schemes } from '../../src/scheme/schemes.js';
import { check } from './checking.js';
import { secret, startHandler } from './receiver.js';
import { inspect } from '../support/events.js';

const path = '/webhooks/fin';

async function startOurs(): Promise<string> {
  const secrets = [createSecret(Buffer.from(secret), 'test')];
  const clock = { now: () => new Date('2026-01-31T09:30:00Z') };
  const { url, close } = await createReceiver({
    host: '127.0.0.1',
    port: 0,
    clock,
    scheme: schemes.fin,
    secrets,
    inspect,
  });
  onTestFinished(close);
  return `${url}${path}`;
}

test('our own listener passes every case, including advised ones', async () => {
  const { failed, advice, ending, results } = await check(await startOurs());
  expect({ failed, advice, ending }).toEqual({ failed: [], advice: [], ending: 'complete' });
  expect(results.filter(({ outcome }) => outcome === 'not-run')).toEqual([]);
});

/**
 * Like the sample that Fin publishes: passes the header to the crypto library unchanged, with sha256 as the default.
 */
function startSample(): Promise<string> {
  const app = express();
  app.post(path, express.raw({ type: '*/*', limit: '1mb' }), (request, response) => {
    const body = request.body as Buffer;
    const algorithm = request.get('x-fin-signature-algorithm') ?? 'sha256';
    const expected = createHmac(algorithm, secret).update(body).digest('hex');
    const given = request.get('x-fin-signature') ?? '';
    const isRight =
      given.length === expected.length && timingSafeEqual(Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8'));
    response.sendStatus(isRight ? 200 : 401);
  });
  return startHandler(app as never);
}

test('Fin’s published sample can be made to accept md5, and fails on an unknown algorithm with a stack trace', async () => {
  const { failed } = await check(await startSample());
  expect(failed).toEqual(['downgrade-md5', 'downgrade-sha1', 'algorithm-unknown', 'leak-internals']);
});
