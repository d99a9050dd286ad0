import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureError } from '../../src/recording/capture-error.js';
import { captureFormats, formatOf, type CaptureFormat } from '../../src/recording/formats.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { entriesIn, requestsIn } from './entries.js';
import { approved, env, listening, signatureOf, signed, statusOf, stopped } from '../support/listening.js';

const text = approved.toString();
const length = String(approved.length);
const signature = signatureOf(approved);
const raw = (start: string, separator = '\r\n'): string =>
  [start, 'host: x', `content-length: ${length}`, ...pairs(signature), '', text].join(separator);

const pairs = (headers: object): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);

const ngrok = (message: string): string => {
  const one = {
    ...{ uri: '/api/requests/http/airt_1', id: 'airt_1', start: '2026-01-31T10:30:00.123456+01:00' },
    request: { method: 'POST', proto: 'HTTP/1.1', uri: '/in?x=1', raw: Buffer.from(message).toString('base64') },
    response: { status: '200 OK' },
  };
  return JSON.stringify({ uri: '/api/requests/http', requests: [one] });
};

const webhookSite = (facts: object = {}) => ({
  ...{ uuid: 'a', type: 'web', token_id: 'b', ip: '192.0.2.1', method: 'POST', content: text, query: { x: '1' } },
  ...{ headers: Object.fromEntries([...Object.entries({ ...signature, 'content-length': length })].map(([name, value]) => [name, [value]])) },
  ...{ url: 'https://webhook.site/in?x=1', size: approved.length, created_at: '2026-01-31 09:30:00', ...facts },
}); // prettier-ignore

const lambda1 = (facts: object = {}) => ({
  ...{ resource: '/{proxy+}', path: '/in', httpMethod: 'POST', headers: { ...signature, 'content-length': length } },
  ...{ multiValueHeaders: null, queryStringParameters: { x: '1' }, multiValueQueryStringParameters: { x: ['1'] } },
  ...{ requestContext: { requestTimeEpoch: 1769851800000 }, body: text, isBase64Encoded: false, ...facts },
});

const lambda2 = (facts: object = {}) => ({
  ...{ version: '2.0', routeKey: '$default', rawPath: '/in', rawQueryString: 'x=1', cookies: ['a=1', 'b=2'] },
  ...{ headers: { ...signature, 'content-length': length } },
  ...{ requestContext: { http: { method: 'POST', path: '/in' }, timeEpoch: 1769851800000 } },
  ...{ body: approved.toString('base64'), isBase64Encoded: true, ...facts },
});

const smee = { host: 'smee.io', 'content-type': 'application/json', ...signature, body: JSON.parse(text) as object, query: {}, timestamp: 1769851800000 }; // prettier-ignore

const time = expect.stringMatching(/^2026-01-31T(?:09|10):30:00/) as string;

/** One sample of each foreign format, and the known facts about its request. */
const samples: [string, CaptureFormat, string, object][] = [
  ['a message of HTTP/2', 'http', raw('POST /in?x=1 HTTP/2'), {}],
  ['a message with LF', 'http', raw('POST /in?x=1 HTTP/2.0', '\n'), {}],
  ['a request file', 'http', `### First\n# a note\n@host = x\n\n${raw('POST /in?x=1', '\n')}\n\n###\n`, {}],
  ['a request file without a separator', 'http', `${raw('POST /in?x=1', '\n')}\n`, {}],
  ['a list of ngrok', 'ngrok', ngrok(raw('POST /in?x=1 HTTP/1.1')), { receivedAt: time }],
  ['a list of webhook.site', 'webhook-site', JSON.stringify({ data: [webhookSite()], total: 1 }, null, 2), { receivedAt: time }],
  ['a request of webhook.site', 'webhook-site', JSON.stringify(webhookSite()), { receivedAt: time }],
  ['an event of Lambda, v1', 'lambda', JSON.stringify(lambda1()), { receivedAt: time }],
  ['an event of a load balancer', 'lambda', JSON.stringify(lambda1({ requestContext: { elb: {} }, headers: null, multiValueHeaders: { ...lambda1().headers, 'x-a': ['1', '2'] } })), {}],
  ['an event of Lambda, v2', 'lambda', JSON.stringify(lambda2()), { receivedAt: time }],
  ['several events of Lambda', 'lambda', `${JSON.stringify(lambda2())}\n\n`.repeat(2), { receivedAt: time }],
  ['an event of smee', 'smee', JSON.stringify(smee, null, 2), { receivedAt: time, fidelity: 'inexact', target: '/' }],
]; // prettier-ignore

test.each(samples)('%s is recognised and read', async (...[, format, content, facts]) => {
  expect(formatOf(Buffer.from(content), { isWhole: true })).toBe(format);
  const requests = await requestsIn(content);
  for (const request of requests) {
    expect(request).toMatchObject({ method: 'POST', target: '/in?x=1', fidelity: 'exact', ...facts });
    expect(request.headers).toContainEqual(Object.entries(signature)[0]);
    expect(Buffer.from(request.body).toString()).toBe(text);
  }
  expect(requests.length).toBeGreaterThan(0);
  expect(await requestsIn(`\ufeff${content}`)).toEqual(requests);
});

test('every format except our own and HAR has a sample', () => {
  const others = ['recording', 'har', 'report', 'curl'];
  expect([...new Set(samples.map(([, format]) => format)), ...others].sort()).toEqual([...captureFormats].sort());
});

test.each(samples.map(([name, , content]) => [name, content]))('%s verifies', async (_, content) => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'brought'), content);
  expect(await webhookCli(['verify', 'brought'], { cwd, env })).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('output of our own commands', () => {
  test('listen --json with headers and bodies', async () => {
    const running = await listening('--show', 'headers,body');
    expect(await statusOf(`${running.url}/in`, { ...signed(approved) })).toBe(200);
    const { stdout } = await stopped(running);
    const [request] = await requestsIn(stdout);
    expect(request).toMatchObject({ method: 'POST', target: '/in', fidelity: 'exact', body: approved });
    expect(request?.headers).toContainEqual(Object.entries(signature)[0]);
  });

  test('listen --json without them says what to add', async () => {
    const running = await listening();
    expect(await statusOf(running.url, signed(approved))).toBe(200);
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'log'), (await stopped(running)).stdout);
    const { exitCode, stderr } = await webhookCli(['verify', 'log'], { cwd, env });
    expect(exitCode).toBe(65);
    expect(stderr).toContain('log: its requests have no headers and bodies');
    expect(stderr).toContain('--show headers,body');
  });

  test.each([['--print', 'json'], ['--print', 'json', '--json']])('send %s %s', async (...flags) => {
    const fixtures = ['--fixture', 'approved', '--fixture', 'queued'];
    const { stdout } = await webhookCli(['send', ...fixtures, '--url', 'http://127.0.0.1:1/in', ...flags], { env });
    const requests = await requestsIn(stdout);
    expect(requests).toMatchObject([{ target: '/in', fidelity: 'exact', wasSent: true, body: approved }, {}]);
  }); // prettier-ignore
});

describe('text is exact only if nothing suggests otherwise', () => {
  test.each<[string, string, object]>([
    ['as long as announced', JSON.stringify(lambda1()), { fidelity: 'exact' }],
    ['without a length', JSON.stringify(lambda1({ headers: signature })), { fidelity: 'inexact' }],
    ['of another length', JSON.stringify(lambda1({ body: `${text} ` })), { fidelity: 'inexact' }],
    ['with a lost byte', JSON.stringify(webhookSite({ content: '\ufffd', size: 3, headers: {} })), { fidelity: 'inexact' }],
    ['that isn’t base64', JSON.stringify(lambda2({ body: '{}' })), { fidelity: 'inexact' }],
    ['cut short by ngrok', ngrok(raw('POST / HTTP/1.1').slice(0, -5)), { fidelity: 'incomplete' }],
  ])('a body %s', async (_, content, facts) => {
    expect(await requestsIn(content)).toMatchObject([facts]);
  }); // prettier-ignore
});

describe('one odd entry doesn’t affect the others', () => {
  test.each<[string, string, string]>([
    ['a list of webhook.site', JSON.stringify([webhookSite(), webhookSite({ headers: 7 })]), 'headers is missing or invalid'],
    ['events of Lambda', `${JSON.stringify(lambda1())}\n{"httpMethod":"canary\n`, 'it isn’t JSON'],
    ['a header of two lines', JSON.stringify([lambda1(), lambda1({ headers: { a: 'b\r\ncanary: c' } })]), 'headers.a is missing or invalid'],
    ['a request file', `${raw('POST /', '\n')}\n###\nPOST /\n\n< ./canary.json\n`, 'its body is in another file'],
    ['ngrok', ngrok(raw('POST / HTTP/1.1')).replace('"requests":[', '"requests":[{"request":{"raw":"Y2FuYXJ5"}},'), 'no request line'],
  ])('%s', async (_, content, reason) => {
    const entries = await entriesIn(content);
    const corrupt = entries.find(entry => entry.kind === 'corrupt');
    expect(entries).toHaveLength(2);
    expect(corrupt?.reason).toContain(reason.replaceAll('’', "'"));
    expect(JSON.stringify(corrupt)).not.toContain('canary');
  }); // prettier-ignore

  test('mail to webhook.site and a request to a proxy are left out', async () => {
    expect(await requestsIn(JSON.stringify([webhookSite({ type: 'email', method: null }), webhookSite()]))).toHaveLength(1);
    const head = (start: string) => `> ${start} HTTP/1.1\r\n> Host: x\r\n>\r\n`;
    const requests = await requestsIn(`*   Trying\n${head('CONNECT x:443')}< HTTP/1.1 200\r\n${head('GET /in')}`);
    expect(requests).toMatchObject([{ method: 'GET', fidelity: 'exact' }]);
  }); // prettier-ignore
});

describe('request files', () => {
  test('include each request, and leave out what is between them', async () => {
    const file = 'GET http://x/a\n  ?b=1\n  &c=2\nx-a: 1\n# a note\n\n###  \n\n// a note\nPOST /d HTTP/1.1\n\n{"e":\n1}\n\n\n### f\n';
    const requests = await requestsIn(file);
    expect(requests).toMatchObject([
      { method: 'GET', target: 'http://x/a?b=1&c=2', headers: [['x-a', '1']], fidelity: 'exact' },
      { method: 'POST', target: '/d', headers: [], fidelity: 'exact' },
    ]);
    expect(requests.map(({ body }) => Buffer.from(body).toString())).toEqual(['', '{"e":\n1}']);
  }); // prettier-ignore

  test('are not confused with raw messages whose body has such lines', async () => {
    const body = '# Title\n\n### Part\n\ntext\n';
    const [request] = await requestsIn(`POST / HTTP/1.1\nhost: x\n\n${body}`);
    expect(Buffer.from(request?.body ?? []).toString()).toBe(body);
  });
});

/** The message for a file that can't be read. */
async function wordsAbout(content: string, format: CaptureFormat | undefined): Promise<string[]> {
  try {
    const entries = await entriesIn(content, format);
    return entries.flatMap(entry => (entry.kind === 'corrupt' ? [entry.reason] : []));
  } catch (error) {
    if (error instanceof CaptureError) return [error.message];
    throw error;
  }
}

test('a file with any change is read or refused, and never quoted', async () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(40), insert: fc.string({ unit: 'binary', maxLength: 8 }) });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), change, async ([, format, content], { at, remove, insert }) => {
      const start = at % content.length;
      const changed = content.slice(0, start) + insert + content.slice(start + remove);
      for (const given of [undefined, format])
        for (const words of await wordsAbout(changed, given)) expect(words).not.toContain('customer');
    }),
    { numRuns: 200 },
  );
});
