import { describe, expect, test } from 'vitest';
import { approved, stopped } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';
import { createHttpClient } from '../../src/sender/http-client.js';
import { listeningWithPage, secret, send } from './listening-page.js';
import { captured, servedPage } from './served.js';
import { visit } from './visitor.js';

describe('a replay', () => {
  test('goes to the receiver itself, signed again and edited', async () => {
    const session = await listeningWithPage();
    const { url, visitor } = session;
    await send(url, approved, 'another-secret-0815');
    const replay = async (body: object) => (await visitor.post('/api/requests/1/replay', body)).json();
    expect(await replay({ sign: false })).toMatchObject({ status: 401, isWhole: true });
    expect(await replay({ sign: true })).toMatchObject({ status: 200 });
    const edited = approved.toString().replace('APPROVED', 'REJECTED');
    expect(await replay({ sign: true, body: Buffer.from(edited).toString('base64') })).toMatchObject({ status: 200 });
    expect((await visitor.get('/api/requests/4/body')).body.toString()).toBe(edited);
    expect((await visitor.get('/api/requests')).json()).toMatchObject({
      requests: [true, true, false, false].map(isAccepted => ({ verdict: { isAccepted } })),
    });
  });

  test('goes to the application behind it, at the request’s path', async () => {
    const { url: application, received } = await startReceiver();
    const { url, visitor } = await listeningWithPage(['--forward-to', `${application}base`]);
    await send(`${url}/hook?a=1`);
    expect((await visitor.get('/api/requests/1')).json()).toMatchObject({
      forwarded: { url: `${application}base/hook?a=1`, status: 200 },
      answer: { status: 200, by: 'application' },
    });
    expect((await visitor.post('/api/requests/1/replay', { sign: true })).json()).toMatchObject({ status: 200 });
    expect(received.map(({ target, body }) => [target, body.equals(approved)])).toEqual([
      ['/base/hook?a=1', true],
      ['/base/hook?a=1', true],
    ]);
  });

  test.each([
    [{}, 400],
    [{ sign: 'yes' }, 400],
    [{ sign: false, body: 'e30=' }, 400],
    [{ sign: true, body: 'no base64!' }, 400],
    [{ sign: true, body: 7 }, 400],
  ])('of %j is refused', async (body, status) => {
    const { url, visitor } = await listeningWithPage();
    await send(url);
    expect((await visitor.post('/api/requests/1/replay', body)).status).toBe(status);
    expect((await visitor.post('/api/requests/2/replay', { sign: true })).status).toBe(404);
  });

  test('is not signed if signatures aren’t checked', async () => {
    const { url, visitor } = await listeningWithPage(['--no-verify']);
    await send(url);
    expect((await visitor.get('/api/page')).json()).toMatchObject({ canSign: false });
    expect((await visitor.post('/api/requests/1/replay', { sign: true })).status).toBe(409);
    expect((await visitor.post('/api/requests/1/replay', { sign: false })).json()).toMatchObject({ status: 200 });
  });

  test('to a remote application needs the flag', async () => {
    const session = await listeningWithPage(['--forward-to', 'http://198.51.100.7/', '--forward-timeout', '50ms']);
    const { url, visitor } = session;
    await send(url);
    expect((await visitor.get('/api/page')).json()).toMatchObject({ target: null, canSign: false });
    const refused = await visitor.post('/api/requests/1/replay', { sign: false });
    expect([refused.status, refused.json()]).toEqual([
      403,
      { error: 'http://198.51.100.7 is a remote receiver', hint: 'start webhook-cli again with --allow-remote' },
    ]);
    expect((await stopped(session)).stderr).toContain(
      "the page can't replay: http://198.51.100.7 is a remote receiver",
    );
  });

  test('without a response says why', async () => {
    const { url: application } = await startReceiver(response => response.destroy());
    const { url, visitor } = await listeningWithPage(['--forward-to', application]);
    await send(url);
    expect((await visitor.get('/api/requests/1')).json()).toMatchObject({
      ...{ forwarded: { status: null, failure: 'reset' }, answer: { status: null, by: 'application' } },
    });
    expect((await visitor.post('/api/requests/1/replay', { sign: false })).json()).toMatchObject({
      ...{ status: null, error: { words: expect.stringContaining('closed the connection') as string } },
    });
  });
});

const notHttp = "request 1: its method or one of its headers can't be sent over HTTP";

test.each([
  ['an invalid method', { facts: { method: 'NO METHOD' }, place: '/', words: notHttp }],
  ['an invalid header', { facts: { headers: [['x-euro', '€']] }, place: '/', words: notHttp }],
  [
    'a path that the client refuses',
    { facts: {}, place: '/a path', words: "it can't be sent over HTTP: invalid request path" },
  ],
] as const)('a replay with %s has no response, and says why', async (_, { facts, place, words }) => {
  const { url: application, received } = await startReceiver();
  const target = {
    ...{ url: new URL(application), targetFor: () => place, headers: [], wordsFor: () => ({ words: 'other' }) },
    connect: () => Promise.resolve(createHttpClient({ timeout: 5000 })),
  };
  const { url, bugs } = await servedPage([captured(facts)], { target });
  const { status, json } = await (await visit(url)).post('/api/requests/1/replay', { sign: false });
  expect([status, json(), received, bugs]).toEqual([
    200,
    { status: null, milliseconds: 0, headers: [], bodyBase64: '', isWhole: false, error: { words } },
    [],
    [],
  ]);
});

test('the page’s responses never contain the secret', async () => {
  const { url, visitor } = await listeningWithPage();
  await send(url);
  await send(url, approved, 'another-secret-0815');
  const answers = [
    ...['/', '/page.js', '/page.css', '/api/page', '/api/requests', '/api/requests/1', '/api/requests/2'],
    ...['/api/requests/1/body', `/api/search?text=${secret}`],
  ].map(place => visitor.get(place));
  const replays = [true, false].map(sign => visitor.post('/api/requests/2/replay', { sign }));
  for (const { status, body, headers } of await Promise.all([...answers, ...replays])) {
    expect(status).toBe(200);
    const text = JSON.stringify(headers) + body.toString() + Buffer.from(body.toString(), 'base64').toString('latin1');
    for (const form of ['utf8', 'hex', 'base64'] as const)
      expect(text).not.toContain(Buffer.from(secret).toString(form).replace(/=+$/, ''));
  }
});
