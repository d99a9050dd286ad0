import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { startSecureReceiver } from '../support/certificate.js';
import { startCli, webhookCli } from '../support/cli.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: secret };

const check = (url: string, ...flags: string[]) => webhookCli(['check', url, '--only', 'valid', ...flags], { env });

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A server that answers the n-th request with the n-th listener, and all further ones with the last. */
async function startSequence(...listeners: readonly RequestListener[]) {
  const methods: string[] = [];
  const url = await listening(
    createServer((request, response) => {
      const listener = listeners[Math.min(methods.length, listeners.length - 1)];
      methods.push(request.method ?? '');
      listener?.(request, response);
    }),
  );
  return { url, methods };
}

const answering =
  (status: number): RequestListener =>
  (_, response) =>
    response.writeHead(status).end();

const cutting: RequestListener = ({ socket }) => socket.destroy();

describe('--wait waits until the receiver answers:', () => {
  test('one that takes connections and cuts them is waited for', async () => {
    const { url, methods } = await startSequence(cutting, cutting, cutting, answering(200));
    expect(await check(url, '--wait', '20s')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(methods).toEqual(['GET', 'GET', 'GET', 'GET', 'POST']);
  });

  test.each([502, 503, 504])('a proxy that answers %i for it is waited for', async status => {
    const { url, methods } = await startSequence(answering(status), answering(405), answering(200));
    expect(await check(url, '--wait', '20s')).toMatchObject({ exitCode: 0 });
    expect(methods).toEqual(['GET', 'GET', 'POST']);
  });

  test.each([200, 301, 401, 404, 405, 500, 501])('%i is an answer', async status => {
    const { url, methods } = await startSequence(answering(status), answering(200));
    expect(await check(url, '--wait', '20s')).toMatchObject({ exitCode: 0 });
    expect(methods).toEqual(['GET', 'POST']);
  });

  test('no case is run if it never does, and the last answer is reported', async () => {
    const { url, methods } = await startSequence(answering(503));
    const { exitCode, stdout, stderr } = await check(url, '--wait', '300ms');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 69,
      stdout: "✘ 0 passed, 1 not run: the receiver can't be reached\n",
    });
    expect(stderr).toBe(
      `error: ${new URL(url).origin} wasn't ready within 300ms: the last response was 503\nhint: wait longer with --wait, or check its log\n`,
    );
    expect(new Set(methods)).toEqual(new Set(['GET']));
  });

  test('one that hangs isn’t waited for any longer than that', async () => {
    const { url } = await startSequence(() => undefined);
    const { exitCode, stderr } = await check(url, '--wait', '200ms');
    expect(exitCode).toBe(69);
    expect(stderr).toContain("didn't respond within 200ms");
  });

  test('a certificate that isn’t trusted doesn’t become so by waiting', async () => {
    const { url } = await startSecureReceiver();
    const { exitCode, stderr } = await check(url, '--wait', '1h');
    expect(exitCode).toBe(69);
    expect(stderr).toContain('--cacert');
  });

  test('a signal ends it at once', async () => {
    const running = startCli(['check', 'http://127.0.0.1:1/', '--wait', '1h'], { env });
    running.stop();
    expect(await running.ended).toMatchObject({ exitCode: 130 });
  });
});

describe('--wait-for waits for a health check:', () => {
  test('until it answers 2xx, and then the cases are run', async () => {
    const health = await startSequence(cutting, answering(404), answering(500), answering(302), answering(204));
    const receiver = await startBehaviour();
    expect(await check(receiver, '--wait-for', health.url)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(health.methods).toEqual(['GET', 'GET', 'GET', 'GET', 'GET']);
  });

  test('in vain: nothing is sent to the receiver', async () => {
    const health = await startSequence(answering(404));
    const { url, received } = await startReceiver();
    const { exitCode, stderr } = await check(url, '--wait-for', health.url, '--wait', '200ms');
    expect({ exitCode, received }).toEqual({ exitCode: 69, received: [] });
    expect(stderr).toContain(
      `${health.url} didn't return 2xx within 200ms: the last response was 404\nhint: check the URL`,
    );
  });

  test('headers of the user’s go to no other origin', async () => {
    const health = await startReceiver();
    const receiver = await startReceiver();
    await check(receiver.url, '--wait-for', health.url, '--wait', '20s', '-H', 'Authorization: Bearer x');
    expect(health.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(new Set(receiver.received.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer x']));
  });

  test('a remote one takes --allow-remote', async () => {
    const { url, received } = await startReceiver();
    const { exitCode, stderr } = await check(url, '--wait-for', 'https://health.invalid/');
    expect({ exitCode, received }).toEqual({ exitCode: 2, received: [] });
    expect(stderr).toContain('https://health.invalid is a remote receiver');
  });
});
