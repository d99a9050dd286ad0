import { expect, test } from 'vitest';
import { captured, servedPage } from './served.js';
import { askPage, visit } from './visitor.js';

test('every response has headers that restrict what the browser does with it', async () => {
  const visitor = await visit((await servedPage()).url);
  const answers = await Promise.all([
    ...['/', '/page.js', '/page.css', '/api/page', '/api/requests/1/body', '/nothing', '/api/requests/9'].map(path =>
      visitor.get(path),
    ),
    askPage(visitor.origin, '/api/page'),
    askPage(visitor.origin, '/', { headers: { host: 'evil.example' } }),
    visitor.post('/api/session', {}),
  ]);
  const events = await visitor.follow();
  for (const { headers } of [...answers, events.response]) {
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy[0]).toBe("default-src 'none'");
    expect(policy).toEqual(expect.arrayContaining(["script-src 'self'", "style-src 'self'", "connect-src 'self'"]));
    expect(policy).toEqual(expect.arrayContaining(["frame-ancestors 'none'", "require-trusted-types-for 'script'"]));
    expect(policy.join()).not.toMatch(/unsafe|http|\*/);
  }
  expect(events.response.headers['content-type']).toBe('text/event-stream');
});

test('a body is a download, whatever it looks like', async () => {
  const body = Buffer.from('<script>alert(1)</script>');
  const headers: [string, string][] = [['content-type', 'text/html']];
  const visitor = await visit((await servedPage([captured({ body, headers })])).url);
  const answer = await visitor.get('/api/requests/1/body');
  expect(answer.body).toEqual(body);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="request-1.bin"',
  });
});

test('no response contains credentials, and no search finds them', async () => {
  const headers: [string, string][] = [
    ['authorization', 'Bearer canary-1'],
    ['cookie', 'sid=canary-1'],
    ['x-a', 'seen'],
  ];
  const answer = {
    status: 200,
    headers: [['set-cookie', 'sid=canary-1']] as [string, string][],
    body: Buffer.from('ok'),
    isWhole: true,
  };
  const visitor = await visit((await servedPage([captured({ headers, answer })])).url);
  for (const path of ['/api/requests', '/api/requests/1']) {
    const { body, status } = await visitor.get(path);
    expect(status).toBe(200);
    expect(body.toString()).not.toContain('canary-1');
  }
  expect((await visitor.get('/api/requests/1')).json()).toMatchObject({
    curl: expect.stringContaining('seen') as string,
  });
  expect((await visitor.get('/api/search?text=canary-1')).json()).toEqual({ numbers: [] });
  expect((await visitor.get('/api/search?text=SEEN')).json()).toEqual({ numbers: [1] });
});

test.each(['before=0', 'before=x', 'limit=-1', 'limit=1e9', 'before=9999999999'])('?%s is refused', async query => {
  const visitor = await visit((await servedPage()).url);
  expect((await visitor.get(`/api/requests?${query}`)).status).toBe(400);
});

test.each(['', 'text=', 'match=x', 'match=.a=1'])('a search for %j is refused with an explanation', async query => {
  const visitor = await visit((await servedPage()).url);
  const answer = await visitor.get(`/api/search?${query}`);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.json()).toMatchObject({ error: expect.any(String) as string });
});

test('a bug gives a response without details, and is reported', async () => {
  const bugs: unknown[] = [];
  const visitor = await visit((await servedBroken(bugs)).url);
  const { status, body } = await visitor.get('/api/requests');
  expect(status).toBe(500);
  expect(body.toString()).not.toContain('canary-2');
  expect(bugs).toEqual([new Error('canary-2')]);
});

const servedBroken = (bugs: unknown[]) => {
  const fail = () => Promise.reject(new Error('canary-2'));
  const recording = {
    total: fail,
    find: fail,
    close: () => Promise.resolve(),
    backwards: () => ({ [Symbol.asyncIterator]: () => ({ next: fail }) }),
  };
  return servedPage([], { requests: { recording }, onBug: error => bugs.push(error) });
};
