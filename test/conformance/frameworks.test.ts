import { createHmac, timingSafeEqual } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startListener } from '../../src/receiver/server.js';
import { answerTo, judge } from '../../src/receiver/assessment.js';
import { createSecret } from '../../src/scheme/secret.js';
import { check } from './checking.js';
import { secret, startHandler } from './receiver.js';

/** What an application that was written with care does with a request, whatever it stands on: a status. */
function statusFor(body: Buffer, signature: string | string[] | undefined): number {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = typeof signature === 'string' && /^[0-9a-f]{64}$/.test(signature) ? signature : undefined;
  if (given === undefined || !timingSafeEqual(Buffer.from(given, 'hex'), expected)) return 401;
  try {
    const { event, data } = JSON.parse(body.toString()) as Record<string, unknown>;
    return typeof event === 'object' && typeof data === 'object' ? 200 : 400;
  } catch {
    return 400;
  }
}

const path = '/webhooks/fin';

async function startExpress(): Promise<string> {
  const app = express();
  // As NODE_ENV does it: an error is answered without its stack.
  app.set('env', 'production');
  app.post(path, express.raw({ type: '*/*', limit: '1mb' }), (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    response.sendStatus(statusFor(body, request.headers['x-fin-signature']));
  });
  app.all(path, (_, response) => {
    response.sendStatus(405);
  });
  return startHandler(app as never);
}

async function startFastify(): Promise<string> {
  const app = fastify({ bodyLimit: 1024 * 1024 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.post(path, (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return reply.code(statusFor(body, request.headers['x-fin-signature'])).send();
  });
  onTestFinished(() => app.close());
  return (await app.listen({ port: 0, host: '127.0.0.1' })) + path;
}

async function startHono(): Promise<string> {
  const app = new Hono();
  app.post(path, async context => {
    const body = Buffer.from(await context.req.arrayBuffer());
    return new Response(null, { status: statusFor(body, context.req.header('x-fin-signature')) });
  });
  return new Promise(resolve => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      resolve(`http://127.0.0.1:${port}${path}`);
    });
    onTestFinished(() => void server.close());
  });
}

const startPlain = (): Promise<string> =>
  startHandler((request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    buffer(request).then(
      body => response.writeHead(statusFor(body, request.headers['x-fin-signature'])).end(),
      () => response.destroy(),
    );
  });

async function startOurs(): Promise<string> {
  const secrets = [createSecret(Buffer.from(secret), 'test')];
  const { url, close } = await startListener({
    host: '127.0.0.1',
    port: 0,
    now: () => new Date('2026-01-31T09:30:00Z'),
    respond: request => ({ action: answerTo(judge(request, { secrets })), settled: () => undefined }),
  });
  onTestFinished(close);
  return `${url}${path}`;
}

describe('an ordinary receiver that reads the raw body passes everything that is required:', () => {
  test.each([
    ['Express, with express.raw', startExpress],
    ['Fastify, with a parser of its own', startFastify],
    ['Hono, with arrayBuffer', startHono],
    ['plain node:http', startPlain],
    ['our own listener', startOurs],
  ])('%s', async (_, start) => {
    const { failed, ending, results } = await check(await start());
    expect({ failed, ending }).toEqual({ failed: [], ending: 'complete' });
    expect(results.filter(({ outcome }) => outcome === 'not-run')).toEqual([]);
  });
});

test('our own listener follows all advice, too', async () => {
  const { failed, advice } = await check(await startOurs());
  expect({ failed, advice }).toEqual({ failed: [], advice: [] });
});

/** As the sample that Fin publishes: the header goes to the crypto library as it is, and sha256 stands in for none. */
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

test('the sample that Fin publishes can be talked into md5, and fails on an unknown algorithm with a stack trace', async () => {
  const { failed } = await check(await startSample());
  expect(failed).toEqual(['downgrade-md5', 'downgrade-sha1', 'algorithm-unknown', 'leak-internals']);
});
