import { describe, expect, test } from 'vitest';
import { rawClient, statusesIn } from '../support/raw.js';
import { servedPage } from './served.js';
import { askPage, own, openStream, visit, type Asking } from './visitor.js';

const doors = [
  '/api/page',
  '/api/requests',
  '/api/requests/1',
  '/api/requests/1/body',
  '/api/search?text=x',
  '/api/events',
];

describe('without the session,', () => {
  test.each(doors)('%s is refused, and reveals nothing', async path => {
    const { origin } = new URL((await servedPage()).url);
    const answer = await askPage(origin, path);
    expect(answer.status).toBe(403);
    expect(answer.json()).toEqual({ error: 'there is no session', hint: 'open the link that webhook-cli printed' });
    expect((await askPage(origin, '/api/requests/99')).body).toEqual(answer.body);
    expect((await askPage(origin, '/nothing')).body).toEqual(answer.body);
  });

  test('a cookie with another value or name is not accepted', async () => {
    const visitor = await visit((await servedPage()).url);
    const [name = '', value = ''] = visitor.cookie.split('=');
    expect((await visitor.get('/api/page')).status).toBe(200);
    for (const cookie of [`${name}=`, `${name}=${value}x`, `${name}=${visitor.token}`, `x${name}=${value}`, value])
      expect((await visitor.get('/api/page', { cookie })).status).toBe(403);
    expect((await visitor.get('/api/page', { cookie: `a=b; ${visitor.cookie} ; c` })).status).toBe(200);
  });

  test('another page on this machine has a differently named cookie', async () => {
    const [one, other] = [await visit((await servedPage()).url), await visit((await servedPage()).url)];
    expect(one.cookie.split('=')[0]).not.toBe(other.cookie.split('=')[0]);
    expect((await one.get('/api/page', { cookie: other.cookie })).status).toBe(403);
  });
});

test.each<[name: string, token: unknown]>([
  ['no token', undefined],
  ['an empty one', ''],
  ['another one', 'x'.repeat(43)],
  ['a list of one', ['x']],
])('%s opens no session', async (_, token) => {
  const { origin } = new URL((await servedPage()).url);
  const answer = await askPage(origin, '/api/session', {
    method: 'POST',
    headers: own(origin),
    body: JSON.stringify({ token }),
  });
  expect(answer.status).toBe(403);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('the token opens a session, and no script or other site gets its cookie', async () => {
  const { url } = await servedPage();
  const { origin, hash } = new URL(url);
  const body = JSON.stringify({ token: hash.slice(1) });
  const answer = await askPage(origin, '/api/session', { method: 'POST', headers: own(origin), body });
  expect(answer.status).toBe(204);
  expect(answer.headers['set-cookie']).toEqual([
    expect.stringMatching(/^webhook-cli-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/),
  ]);
  // Someone who learns the cookie doesn't learn the link.
  expect(String(answer.headers['set-cookie'])).not.toContain(hash.slice(1));
  expect(hash).toMatch(/^#[\w-]{43}$/);
});

describe('another name for this server is refused, even with the session:', () => {
  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    '[::1]:PORT',
    'localhost.:PORT',
  ])('Host: %s', async name => {
    const visitor = await visit((await servedPage()).url);
    const { port } = new URL(visitor.origin);
    const host = name.replace('PORT', port);
    for (const path of ['/', '/page.js', '/api/page', '/api/requests/1'])
      expect((await visitor.get(path, { host })).status).toBe(403);
    const post = await visitor.post('/api/session', { token: visitor.token }, { host, origin: `http://${host}` });
    expect(post.status).toBe(403);
  });

  test('no Host, two of them, or a whole URL', async () => {
    const visitor = await visit((await servedPage()).url);
    const { host } = new URL(visitor.origin);
    const head = (line: string, ...hosts: string[]) =>
      [line, ...hosts.map(name => `host: ${name}`), `cookie: ${visitor.cookie}`, 'connection: close', '', ''].join(
        '\r\n',
      );
    const statusOf = async (text: string) => statusesIn(await (await rawClient(visitor.origin, text)).ended);
    expect(await statusOf(head('GET /api/page HTTP/1.1', host))).toEqual([200]);
    expect(await statusOf(head('GET /api/page HTTP/1.0'))).toEqual([403]);
    expect(await statusOf(head('GET /api/page HTTP/1.1', ''))).toEqual([403]);
    expect(await statusOf(head('GET /api/page HTTP/1.1', host, 'evil.example'))).toEqual([403]);
    expect(await statusOf(head('GET /api/page HTTP/1.1', 'evil.example', host))).toEqual([403]);
    expect(await statusOf(head('GET http://evil.example/api/page HTTP/1.1', host))).toEqual([400]);
  });

  test('localhost is one of its own names', async () => {
    const visitor = await visit((await servedPage()).url);
    const host = `localhost:${new URL(visitor.origin).port}`;
    expect((await visitor.get('/api/page', { host })).status).toBe(200);
  });
});

const posts = ['/api/session', '/api/requests/1/replay'];

describe.each(posts)('a POST to %s', path => {
  const ask = async (asking: (origin: string) => Asking) => {
    const visitor = await visit((await servedPage()).url);
    const body = JSON.stringify({ token: visitor.token, sign: false });
    const { headers, ...rest } = asking(visitor.origin);
    const answer = await askPage(visitor.origin, path, {
      ...{ method: 'POST', body, ...rest },
      headers: { cookie: visitor.cookie, ...headers },
    });
    return answer.status;
  };

  test('from the page itself is accepted', async () => {
    const done = await ask(origin => ({ headers: own(origin) }));
    // There is no receiver to replay to.
    expect(done).toBe(path === '/api/session' ? 204 : 409);
  });

  test.each<[string, Record<string, string | undefined>, number]>([
    ['a foreign origin', { origin: 'http://evil.example' }, 403],
    ['another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page in a sandbox', { origin: 'null' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['https', { origin: 'https:PAGE' }, 403],
    ['another port on this host, according to the browser', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site, according to the browser', { 'sec-fetch-site': 'cross-site' }, 403],
    ['the address bar', { 'sec-fetch-site': 'none' }, 403],
    ['a client that isn’t a browser', { 'sec-fetch-site': undefined }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form with a file', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['a form of text', { 'content-type': 'text/plain' }, 415],
    ['a beacon', { 'content-type': undefined }, 415],
    ['a type that starts like JSON', { 'content-type': 'application/json-patch+json' }, 415],
    ['a client that compresses the body', { 'content-encoding': 'gzip' }, 415],
  ])('from %s is refused', async (_, headers, status) => {
    const refused = await ask(origin => {
      const changed = Object.entries({ ...own(origin), ...headers })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value).replace('PAGE', origin.slice(5))]);
      return { headers: Object.fromEntries(changed) as Record<string, string> };
    });
    expect(refused).toBe(status);
  });

  test.each(['', '{', '[]', 'null', '"x"', '\u{feff}'])('with the body %j is refused', async body => {
    expect(await ask(origin => ({ headers: own(origin), body }))).toBe(400);
  });

  test('with too large a body is refused, however it arrives', async () => {
    const body = JSON.stringify({ token: 'x'.repeat(9 * 1024 * 1024), sign: false });
    expect(await ask(origin => ({ headers: own(origin), body }))).toBe(413);
    const chunked = (origin: string) => ({ ...own(origin), 'transfer-encoding': 'chunked' });
    expect(await ask(origin => ({ headers: chunked(origin), body }))).toBe(413);
  });
});

test('a replay needs the session', async () => {
  const { origin } = new URL((await servedPage()).url);
  const body = '{"sign":false}';
  const answer = await askPage(origin, '/api/requests/1/replay', { method: 'POST', headers: own(origin), body });
  expect(answer.status).toBe(403);
});

test.each(['same-site', 'cross-site'])('a request from another site with the cookie is refused: %s', async site => {
  const visitor = await visit((await servedPage()).url);
  for (const path of doors) expect((await visitor.get(path, { 'sec-fetch-site': site })).status).toBe(403);
});

test('the events need the session', async () => {
  const { origin } = new URL((await servedPage()).url);
  expect((await openStream(origin, {})).status).toBe(403);
  expect((await openStream(origin, { cookie: 'webhook-cli=1', 'sec-fetch-site': 'same-origin' })).status).toBe(403);
});

describe('methods', () => {
  test.each(['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is refused everywhere', async method => {
    const visitor = await visit((await servedPage()).url);
    for (const path of ['/', '/page.js', '/api/session', ...doors, ...posts]) {
      const answer = await askPage(visitor.origin, path, {
        method,
        headers: { cookie: visitor.cookie, origin: 'http://evil.example', 'access-control-request-method': 'POST' },
      });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toMatch(/^(?:GET|POST)$/);
      expect(Object.keys(answer.headers).filter(name => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('GET can’t replay, and POST can’t list', async () => {
    const visitor = await visit((await servedPage()).url);
    expect((await visitor.get('/api/requests/1/replay')).status).toBe(405);
    expect((await visitor.post('/api/requests', {})).status).toBe(405);
  });
});

test.each([
  ...[
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//page.js',
    '/page.js/',
    '/PAGE.JS',
    '/page.js%00',
  ],
  ...[
    '/api/requests/0',
    '/api/requests/01',
    '/api/requests/-1',
    '/api/requests/1e1',
    '/api/requests/1/../1',
    '/api//page',
    '/api/requests/1234567890',
  ],
])('%s is not a path', async path => {
  const visitor = await visit((await servedPage()).url);
  const head = [`GET ${path} HTTP/1.1`, `host: ${new URL(visitor.origin).host}`, `cookie: ${visitor.cookie}`];
  const raw = await rawClient(visitor.origin, [...head, 'connection: close', '', ''].join('\r\n'));
  expect(statusesIn(await raw.ended)).toEqual([404]);
});
