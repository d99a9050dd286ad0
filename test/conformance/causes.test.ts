import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { causeRows } from '../../src/conformance/causes/table.js';
import { check } from './checking.js';
import { hmac, secret, startBehaviour, type Answer, type Behaviour } from './receiver.js';

const causesOf = async (changes: Partial<Behaviour>) => (await check(await startBehaviour(changes))).causes;

const hash = Buffer.alloc(64);

const keyed = (key: string | Buffer) => ({ expected: (bytes: Buffer | string) => createHmac('sha256', key).update(bytes).digest('hex') }); // prettier-ignore
const respelt = (spell: (hex: string) => string): Partial<Behaviour> => ({
  expected: bytes => spell(hmac(bytes, 'sha256')),
  matches: (given, expected) => given === expected,
});
const reserialised = (write: (value: unknown) => string): Partial<Behaviour> => ({
  verified: body => {
    try {
      return write(JSON.parse(body.toString()));
    } catch {
      return body;
    }
  },
});
const answering = (status: number, headers: Record<string, string> = {}, body = ''): Partial<Behaviour> => ({
  act: () => ({ status, headers, body }),
});

/** As json.dumps writes it, except for numbers. */
const python = (value: unknown): string =>
  inAscii(JSON.stringify(value, null, ' ').replace(/,\n */g, ', ').replace(/\n */g, ''));

const inAscii = (text: string): string =>
  text.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('the cause is named for a receiver that refuses a valid delivery because it', () => {
  test.each<[string, Partial<Behaviour>, string]>([
    ['keeps a newline in its secret', keyed(`${secret}\n`), 'secret-with-final-lf'],
    ['keeps quotes around its secret', keyed(`"${secret}"`), 'secret-in-quotes'],
    ['has a prefix in its secret', keyed(`whsec_${secret}`), 'secret-with-whsec'],
    ['expects a prefix', respelt(hex => `sha256=${hex}`), 'expects-prefix'],
    ['expects base64', respelt(hex => Buffer.from(hex, 'hex').toString('base64')), 'expects-base64'],
    ['expects upper case', respelt(hex => hex.toUpperCase()), 'expects-upper-case'],
    ['reads another header', { signatureOf: ({ headers }) => headers['x-signature'] as string }, 'expects-another-header'],
    ['uses another algorithm', { expected: bytes => hmac(bytes, 'sha512'), matches: (given, expected) => given === expected }, 'expects-another-algorithm'],
    ['verifies an empty body', { verified: () => '' }, 'empty-body'],
    ['verifies the body in base64', { verified: body => body.toString('base64') }, 'base64-of-body'],
    ['verifies JSON as Python writes it', reserialised(python), 'json-spread-ascii'],
    ['verifies JSON that is indented', reserialised(value => JSON.stringify(value, null, 2)), 'json-2-spaces'],
    ['returns 404', answering(404), 'path-not-found'],
    ['returns 405', answering(405), 'method-not-allowed'],
    ['returns 415', answering(415), 'content-type-refused'],
    ['returns 413', answering(413), 'body-too-large'],
    ['returns 500', answering(500), 'valid-crashes'],
    ['returns 502', answering(502), 'proxy'],
    ['returns 419', answering(419), 'csrf'],
    ['has CSRF protection', answering(403, {}, '<h1>Forbidden</h1><p>CSRF verification failed.'), 'csrf'],
    ['redirects to https', answering(301, { location: 'https://127.0.0.1/webhooks/fin' }), 'redirect-to-https'],
    ['redirects to a slash', answering(307, { location: '/webhooks/fin/' }), 'redirect-to-slash'],
    ['redirects to a login', answering(302, { location: '/users/sign_in' }), 'redirect-to-login'],
    ['redirects elsewhere', answering(302, { location: '/elsewhere' }), 'redirect'],
    ['asks for a login', answering(401, { 'www-authenticate': 'Basic' }), 'behind-login'],
  ])('%s', async (_, changes, id) => {
    expect(await causesOf(changes)).toMatchObject([{ id, explains: ['valid'] }]);
  }); // prettier-ignore

  test('has another secret altogether: no cause is claimed', async () => {
    expect(await causesOf(keyed('quite another'))).toEqual([]);
  });

  test('accepts every delivery but the first: no cause is claimed', async () => {
    let isFirst = true;
    const act = () => {
      const status = isFirst ? 401 : 200;
      isFirst = false;
      return { status };
    };
    expect(await causesOf({ act, matches: () => true })).toEqual([]);
  });
});

test('a receiver that limits the rate has no other cause', async () => {
  let left = 20;
  const allows = () => {
    left -= 1;
    return true;
  };
  const act = () => ({ status: left < 0 ? 429 : 200 });
  const refuse = () => ({ status: left < 0 ? 429 : 401 });
  expect((await causesOf({ allows, act, refuse })).map(({ id }) => id)).toEqual(['rate-limited']);
});

test.each<[string, Answer]>([
  ['asks for a login with every 401', { status: 401, headers: { 'www-authenticate': 'Bearer' } }],
  ['speaks of forgery', { status: 401, body: 'signature mismatch: possible forgery' }],
  ['hides the route', { status: 404 }],
  ['throws', { status: 500 }],
])('trusts a probe over a guess: a receiver with a newline in its secret that %s', async (_, answer) => {
  const [cause] = await causesOf({ ...keyed(`${secret}\n`), refuse: () => answer });
  expect(cause).toMatchObject({ id: 'secret-with-final-lf' });
});

test('a correct receiver has no cause', async () => {
  expect(await causesOf({})).toEqual([]);
});

test.each<[string, (value: unknown) => string]>([
  ['re-serialised as compact JSON', value => JSON.stringify(value)],
  ["re-serialised the way PHP's json_encode does", value => inAscii(JSON.stringify(value)).replaceAll('/', '\\/')],
])('names what a receiver verifies instead of the raw body: %s', async (words, write) => {
  const [cause] = await causesOf(reserialised(write));
  expect(cause).toMatchObject({
    id: 're-serialised',
    words: `it verifies the body ${words}, not the bytes that arrived`,
  });
});

test('reports a receiver that parses before it verifies', async () => {
  const read = async (request: IncomingMessage) => {
    const body = await buffer(request);
    JSON.parse(body.toString());
    return body;
  };
  expect((await causesOf({ read })).map(({ id }) => id)).toEqual(['parses-first']);
});

describe('a comparison that throws on another length', () => {
  const throwing: Partial<Behaviour> = {
    signatureOf: ({ headers }) => headers['x-fin-signature'] as string | undefined,
    matches: (given, expected) => timingSafeEqual(Buffer.from(given), Buffer.from(expected)),
    refuse: because => ({ status: because === 'missing' ? Number(timingSafeEqual(Buffer.from(''), hash)) : 401 }),
    fail: error => ({ status: 500, body: String(error) }),
  };

  test('explains every case that fails in the same way', async () => {
    const { causes, failed } = await check(await startBehaviour(throwing));
    expect(causes.map(({ id }) => id)).toEqual(['length-throws']);
    expect(failed).toEqual(expect.arrayContaining(['unsigned', 'two-signatures', 'truncated']));
    expect(causes[0]?.explains).toEqual(expect.arrayContaining(failed));
  });

  test('doesn’t explain a crash with another response', async () => {
    const refuse: Behaviour['refuse'] = because => {
      if (because === 'missing') throw new Error('there is no header');
      return { status: 401 };
    };
    const [cause] = await causesOf({ ...throwing, refuse });
    expect(cause?.id).toBe('length-throws');
    expect(cause?.explains).toContain('two-signatures');
    expect(cause?.explains).not.toContain('unsigned');
  });
});

test('every cause has its own id', () => {
  expect(new Set(causeRows.map(({ id }) => id)).size).toBe(causeRows.length);
});
