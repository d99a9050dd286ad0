import { Agent, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { deliver } from '../crash/saving.js';
import { reportsIn } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { listeningOn, terminal } from '../support/in-words.js';
import { approved, listening, signatureOf, stopped } from '../support/listening.js';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';

const send = (url: string): Promise<number> => deliver(url, approved.toString(), new Agent());

const signedPost = post(approved.toString(), `x-fin-signature: ${signatureOf(approved)['x-fin-signature']}`);

/** A listener whose application responds when the test says so. */
async function holding() {
  let take: (response: ServerResponse) => void = () => undefined;
  const answer = new Promise<ServerResponse>(resolve => (take = resolve));
  const { url: to } = await startReceiver(response => {
    take(response);
  });
  const file = path.join(temporaryFolder(), 'captured.ndjson');
  return { ...(await listening('--forward-to', to, '--save', file)), to, answer, file };
}

const isUp = async (url: string): Promise<boolean> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const isConnected = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isConnected;
};

describe('a forwarded request', () => {
  test('is reported after the request, with the same number', async () => {
    const { url: to } = await startReceiver(response => response.writeHead(202).end('x'));
    const { url, ...running } = await listening('--forward-to', `${to}hooks`);
    expect([await send(url), await send(url)]).toEqual([202, 202]);
    const reports = reportsIn((await stopped(running)).stdout);
    expect(reports.map(({ type, seq }) => [type, seq])).toEqual([
      ['ready', undefined],
      ['request', 1],
      ['forward', 1],
      ['request', 2],
      ['forward', 2],
      ['summary', undefined],
    ]);
    expect(reports[1]).toMatchObject({ status: 202, signature: { valid: true }, schema: { valid: true } });
    expect(reports[2]).toEqual({
      ...{ type: 'forward', seq: 1, url: `${to}hooks`, status: 202 },
      milliseconds: expect.any(Number) as unknown,
    });
  });

  test('shows the application’s response on request', async () => {
    const body = Buffer.from('00ff0d0a', 'hex');
    const { url: to } = await startReceiver(response => {
      response.writeHead(200, ['X-Odd', '1', 'set-cookie', 'canary']).end(body);
    });
    const { url, ...running } = await listening('--forward-to', to, '--show', 'headers,body');
    await send(url);
    const { stdout } = await stopped(running);
    const [, request, forward] = reportsIn(stdout);
    expect(request).toMatchObject({ type: 'request', bodyBase64: approved.toString('base64') });
    expect(forward).toMatchObject({ type: 'forward', bodyBase64: body.toString('base64') });
    expect(forward!['headers']).toEqual(expect.arrayContaining([['X-Odd', '1'], ['set-cookie', '[redacted]']])); // prettier-ignore
    expect(stdout).not.toContain('canary');
  });

  test('has a line below the request’s', async () => {
    const { url: to } = await startReceiver(response => response.writeHead(500).end('out of ink'));
    const { stdout, shown } = terminal(80);
    const { url, ...running } = await listeningOn(stdout, '--forward-to', to, '--show', 'body');
    await send(url);
    await stopped(running);
    expect(shown()).toMatch(/✔ (?:signature ✔ schema|valid) +500 +\d+ ms\n/);
    expect(shown()).toMatch(/\n {10}→ http:\/\/127\.0\.0\.1:\d+\/ {2}500 {2}\d+ ms\n {2}out of ink\n/);
  });

  test('says why there was no response', async () => {
    const { stdout, shown } = terminal(80);
    const { url, ...running } = await listeningOn(stdout, '--forward-to', 'http://127.0.0.1:1/');
    expect(await send(url)).toBe(502);
    await stopped(running);
    expect(shown()).toMatch(/502 +\d+ ms\n {10}→ http:\/\/127\.0\.0\.1:1\/ {2}no response \(refused\) {2}\d+ ms\n/);
  });

  test.each([[[]], [['--json']], [['--show', 'headers,body']], [['--json', '--show', 'headers,body']]])(
    'is never printed raw on the terminal with %j',
    async flags => {
      const hostile = '\u001b[2J\u001b]0;t\u0007\u009b31m\u202e\u200b\u2028\b\r\u007f\n::add-mask::x\n##[error]x';
      const { url: to } = await startReceiver(response => {
        response.writeHead(200, 'OK ::add-mask::x', ['x-hostile', '::add-mask::x ##[error]y']).end(hostile);
      });
      const { stdout, shown } = terminal(1000);
      const { url, ...running } = await listeningOn(stdout, '--forward-to', to, ...flags);
      expect(await send(url)).toBe(200);
      await stopped(running);
      expect(shown()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]|::[a-z]|##/);
    },
  );
});

describe('a client that leaves', () => {
  test('while its request is being forwarded got no status, and the recording is kept', async () => {
    const { to, answer, file, url, ...running } = await holding();
    const client = await rawClient(url, signedPost);
    const response = await answer;
    client.socket.resetAndDestroy();
    // The response to another request comes after the listener has noticed.
    expect(statusesIn(await (await rawClient(url, 'PUT / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).ended)).toEqual([405]); // prettier-ignore
    response.writeHead(202).end();
    const { stdout } = await stopped(running);
    const reports = reportsIn(stdout).filter(({ seq }) => seq === 1);
    expect(reports).toMatchObject([
      { type: 'request', status: null, unanswered: 'gone', signature: { valid: true } },
      { type: 'forward', status: 202, url: to },
    ]);
    const records = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line) as { kind: string; seq: number }); // prettier-ignore
    expect(records.filter(({ seq }) => seq === 1).map(({ kind }) => kind)).toEqual(['request', 'reply']);
  });
});

test('SIGINT waits for requests being forwarded, and their senders get the responses', async () => {
  const { answer: held, url, ...running } = await holding();
  const answer = send(url);
  const response = await held;
  running.stop();
  await expect.poll(() => isUp(url)).toBe(false);
  response.writeHead(202).end('late');
  expect(await answer).toBe(202);
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(130);
  expect(reportsIn(stdout).map(({ type, status }) => [type, status])).toEqual([
    ['ready', undefined],
    ['request', 202],
    ['forward', 202],
    ['summary', undefined],
  ]);
});
