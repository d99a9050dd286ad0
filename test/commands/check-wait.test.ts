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

/** A server that handles the n-th request with the n-th listener, and later requests with the last one. */
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

describe('--wait waits until the receiver responds:', () => {
  test('waits for a server that accepts connections and closes them', async () => {
    const { url, methods } = await startSequence(cutting, cutting, cutting, answering(200));
    expect(await check(url, '--wait', '20s')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(methods).toEqual(['GET', 'GET', 'GET', 'GET', 'POST']);
  });

  test.each([502, 503, 504])('waits while a proxy returns %i for it', async status => {
    const { url, methods } = await startSequence(answering(status), answering(405), answering(200));
    expect(await check(url, '--wait', '20s')).toMatchObject({ exitCode: 0 });
    expect(methods).toEqual(['GET', 'GET', 'POST']);
  });

  test.each([200, 301, 401, 404, 405, 500, 501])('accepts %i as a response', async status => {
    const { url, methods } = await startSequence(answering(status), answering(200));
    expect(await check(url, '--wait', '20s')).toMatchObject({ exitCode: 0 });
    expect(methods).toEqual(['GET', 'POST']);
  });

  test('runs no case if it never responds, and reports the last response', async () => {
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

  test('stops waiting for one that hangs when the time is up', async () => {
    const { url } = await startSequence(() => undefined);
    const { exitCode, stderr } = await check(url, '--wait', '200ms');
    expect(exitCode).toBe(69);
    expect(stderr).toContain("didn't respond within 200ms");
  });

  test('doesn’t trust an untrusted certificate after waiting', async () => {
    const { url } = await startSecureReceiver();
    const { exitCode, stderr } = await check(url, '--wait', '1h');
    expect(exitCode).toBe(69);
    expect(stderr).toContain('--cacert');
  });

  test('ends at once on a signal', async () => {
    const running = startCli(['check', 'http://127.0.0.1:1/', '--wait', '1h'], { env });
    running.stop();
    expect(await running.ended).toMatchObject({ exitCode: 130 });
  });
});

describe('--wait-for waits for a health check:', () => {
  test('runs the cases once it returns 2xx', async () => {
    const health = await startSequence(cutting, answering(404), answering(500), answering(302), answering(204));
    const receiver = await startBehaviour();
    expect(await check(receiver, '--wait-for', health.url)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(health.methods).toEqual(['GET', 'GET', 'GET', 'GET', 'GET']);
  });

  test('sends nothing to the receiver if it times out', async () => {
    const health = await startSequence(answering(404));
    const { url, received } = await startReceiver();
    const { exitCode, stderr } = await check(url, '--wait-for', health.url, '--wait', '2s');
    expect({ exitCode, received }).toEqual({ exitCode: 69, received: [] });
    expect(stderr).toContain(
      `${health.url} didn't return 2xx within 2s: the last response was 404\nhint: check the URL`,
    );
  });

  test('sends the user’s headers to no other origin', async () => {
    const health = await startReceiver();
    const receiver = await startReceiver();
    await check(receiver.url, '--wait-for', health.url, '--wait', '20s', '-H', 'Authorization: Bearer x');
    expect(health.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(new Set(receiver.received.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer x']));
  });

  test('needs --allow-remote for a remote one', async () => {
    const { url, received } = await startReceiver();
    const { exitCode, stderr } = await check(url, '--wait-for', 'https://health.invalid/');
    expect({ exitCode, received }).toEqual({ exitCode: 2, received: [] });
    expect(stderr).toContain('https://health.invalid is a remote receiver');
  });
});
