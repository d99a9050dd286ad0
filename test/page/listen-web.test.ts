import { appendFileSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { PageExchange } from '../../src/page/types.js';
import { encodeRecord } from '../../src/recording/record.js';
import { startCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved } from '../support/listening.js';
import { rawClient } from '../support/raw.js';
import { startBuilt } from '../support/process.js';
import { env, listeningWithPage, send, type Session } from './listening-page.js';
import { visit } from './visitor.js';

interface Listed {
  total: number;
  requests: { index: number; verdict: object; answer: object; event: object }[];
}

const listOf = async ({ visitor }: Session, query = '') =>
  (await visitor.get(`/api/requests${query}`)).json() as Listed;
const numbersIn = ({ requests }: Listed) => requests.map(({ index }) => index);

test('the page has its own port, and the receiver has no page', async () => {
  const { url, page, visitor } = await listeningWithPage();
  expect(new URL(page).port).not.toBe(new URL(url).port);
  expect(new URL(page).hostname).toBe('127.0.0.1');
  expect((await fetch(`${url}/api/page`, { headers: { cookie: visitor.cookie } })).status).toBe(405);
  expect((await visitor.get('/api/page')).json()).toEqual({
    ...{ title: `listen ${url}`, kind: 'listener', scheme: 'fin', target: `${url}/`, canSign: true },
  });
});

test('lists incoming requests, including refused ones, with verdict and response', async () => {
  const session = await listeningWithPage();
  await send(session.url);
  await send(session.url, approved, 'another-secret-0815');
  await fetch(session.url);
  expect(await listOf(session)).toMatchObject({
    total: 3,
    requests: [
      { index: 3, method: 'GET', verdict: { isAccepted: false, reason: 'wrong-method' }, answer: { status: 405 } },
      {
        index: 2,
        verdict: { isAccepted: false, reason: 'signature-mismatch' },
        answer: { status: 401, by: 'receiver' },
      },
      { index: 1, verdict: { isAccepted: true }, answer: { status: 200 }, event: { status: 'APPROVED' } },
    ],
  });
});

test('lists anything that isn’t a request as refused, and can’t send it again', async () => {
  const cwd = temporaryFolder();
  const session = await listeningWithPage(['--save', 'captured.ndjson'], cwd);
  await send(session.url);
  await (
    await rawClient(session.url, 'no request\r\n\r\n')
  ).ended;
  await (
    await rawClient(session.url, 'CONNECT x:1 HTTP/1.1\r\nhost: x:1\r\n\r\n')
  ).ended;
  await send(session.url);
  const list = await listOf(session);
  expect(list).toMatchObject({
    total: 4,
    requests: [
      { index: 4, verdict: { isAccepted: true } },
      {
        index: 3,
        method: '',
        verdict: { isAccepted: false, reason: 'connect' },
        answer: { status: 405, by: 'receiver' },
      },
      { index: 2, method: '', verdict: { isAccepted: false, reason: 'not-http' }, answer: { status: 400 } },
      { index: 1, verdict: { isAccepted: true } },
    ],
  });
  const { why, curl, whole } = (await session.visitor.get('/api/requests/2')).json() as PageExchange;
  expect([why, curl, whole.signature]).toEqual([
    { kind: 'refused', reason: 'not-http', facts: [{ name: 'Why', words: 'Not an HTTP request.' }] },
    '',
    null,
  ]);
  expect((await session.visitor.post('/api/requests/2/replay', { sign: true })).status).toBe(409);
  const edited = { sign: true, body: 'e30=' };
  expect((await session.visitor.post('/api/requests/2/replay', edited)).json()).toMatchObject({ status: null });
  expect(numbersIn(await listOf(session, '?before=3'))).toEqual([2, 1]);
});

describe('events', () => {
  test('arrive as they happen, starting after the last one seen', async () => {
    const { url, visitor } = await listeningWithPage();
    const live = await visitor.follow();
    await send(url);
    await send(url);
    await send(url);
    expect(await live.ids(3)).toEqual([1, 2, 3]);
    live.response.destroy();
    await send(url);
    expect(await (await visitor.follow(2)).ids(2)).toEqual([3, 4]);
    // Without a last id, only new events.
    const fresh = await visitor.follow();
    await send(url);
    expect(await fresh.ids(1)).toEqual([5]);
  });
});

describe('with more requests than the page keeps,', () => {
  const body = (n: number) => `{"n":${n},"event":{"type":"customer.status"}}`;
  const sendMany = async (url: string, count: number) => {
    for (let n = 1; n <= count; n += 50)
      await Promise.all(Array.from({ length: Math.min(50, count - n + 1) }, (_, index) => send(url, body(n + index))));
  };

  test('the oldest are gone without a recording', async () => {
    const session = await listeningWithPage();
    await sendMany(session.url, 1020);
    const list = await listOf(session, '?limit=1000');
    expect([list.total, list.requests.length, list.requests.at(-1)?.index]).toEqual([1020, 1000, 21]);
    expect((await session.visitor.get('/api/requests/20')).status).toBe(404);
    expect((await listOf(session, '?before=21')).requests).toEqual([]);
  });

  test('the oldest are read from the recording, among those of other listeners', async () => {
    const cwd = temporaryFolder();
    const file = path.join(cwd, 'captured.ndjson');
    const foreign = (seq: number) =>
      encodeRecord({
        ...{
          kind: 'request',
          id: `x${seq}`,
          seq,
          receivedAt: '2020-01-31T09:30:00.000Z',
          method: 'POST',
          target: '/x',
        },
        ...{ complete: true, body: Buffer.from('foreign'), headers: [] },
      });
    appendFileSync(file, Buffer.concat([foreign(1), foreign(2)]));
    const session = await listeningWithPage(['--save', 'captured.ndjson'], cwd);
    await sendMany(session.url, 500);
    appendFileSync(file, foreign(3));
    await sendMany(session.url, 520);
    const oldest = await listOf(session, '?before=41&limit=40');
    expect(numbersIn(oldest)).toEqual(Array.from({ length: 40 }, (_, index) => 40 - index));
    const one = await session.visitor.get('/api/requests/7/body');
    expect(JSON.parse(one.body.toString())).toMatchObject({ n: expect.any(Number) as number });
    const { numbers } = (await session.visitor.get('/api/search?match=n=3')).json() as { numbers: number[] };
    expect(numbers).toHaveLength(2);
    expect((await session.visitor.get('/api/search?text=foreign')).json()).toEqual({ numbers: [] });
    // A new file with the same name: the contents of the old one can't be read any more.
    renameSync(file, `${file}.1`);
    await send(session.url);
    expect((await session.visitor.get('/api/requests/7')).status).toBe(404);
    expect((await session.visitor.get('/api/requests/1021')).status).toBe(200);
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)('ends at %s while a page is connected', async signal => {
  const { child, ended } = startBuilt(['listen', '--port', '0', '--json', '--web'], { env });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  await lines.next();
  const { url } = JSON.parse(String((await lines.next()).value)) as { url: string };
  const stream = await (await visit(url)).follow();
  child.kill(signal);
  await stream.ended;
  expect((await ended).exitCode).toBe(signal === 'SIGTERM' ? 143 : 130);
});

test('names a port in use, and leaves nothing behind', async () => {
  const { page } = await listeningWithPage();
  const cwd = temporaryFolder();
  const argv = ['listen', '--port', '0', '--web', new URL(page).port, '--ready-file', 'ready'];
  const { exitCode, stderr } = await startCli(argv, { env, cwd }).ended;
  expect(exitCode).toBe(74);
  expect(stderr).toContain(`can't serve the page on port ${new URL(page).port}: it is in use`);
  expect(() => readFileSync(path.join(cwd, 'ready'))).toThrow('ENOENT');
});

test('text output contains the link', async () => {
  const running = startCli(['listen', '--port', '0', '--web'], { env });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  await lines.next();
  expect(String((await lines.next()).value)).toMatch(/^The page is at http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
  running.stop();
  expect((await running.ended).exitCode).toBe(130);
});
