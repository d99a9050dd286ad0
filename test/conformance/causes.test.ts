import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findCauses } from '../../src/conformance/causes/find.js';
import { causeRows } from '../../src/conformance/causes/table.js';
import { createKit } from '../../src/conformance/kit.js';
import { requestFrom } from '../../src/conformance/request.js';
import { createHttpClient } from '../../src/sender/http-client.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { check } from './checking.js';
import { refusing } from './mutants/refusing.js';
import { accepting } from './mutants/accepting.js';
import { surviving } from './mutants/surviving.js';
import { hmac, secret, startBehaviour, type Behaviour } from './receiver.js';

/** The ids and the words of the causes that are found for a receiver. */
async function causesOf(changes: Partial<Behaviour>, settings: { timeout?: number; maxTime?: number } = {}) {
  const url = await startBehaviour(changes);
  const { results } = await check(url, settings);
  const target = { url: new URL(url), headers: [], version: '0.0.0' };
  const client = createHttpClient({ timeout: 5000, isFresh: true });
  const kit = await createKit({
    ...{ scheme: schemes.fin, secret: createSecret(Buffer.from(secret), 'test'), algorithm: 'sha256' },
    ...{ path: target.url.pathname, seed: 2, now: new Date('2026-01-31T09:30:00Z'), slowPause: 5 },
  });
  try {
    return await findCauses(results, {
      ...{ kit, url: target.url, signal: new AbortController().signal },
      deliver: delivery => client.deliver(requestFrom(delivery, target)),
    });
  } finally {
    await client.close();
  }
}

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

/** As json.dumps writes it, but for numbers. */
const python = (value: unknown): string =>
  inAscii(JSON.stringify(value, null, ' ').replace(/,\n */g, ', ').replace(/\n */g, ''));

const inAscii = (text: string): string =>
  text.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('a receiver that refuses a valid delivery has its cause, when it', () => {
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
    ['answers 404', answering(404), 'path-not-found'],
    ['answers 405', answering(405), 'method-not-allowed'],
    ['answers 415', answering(415), 'content-type-refused'],
    ['answers 413', answering(413), 'body-too-large'],
    ['answers 500', answering(500), 'valid-crashes'],
    ['answers 502', answering(502), 'proxy'],
    ['answers 419', answering(419), 'csrf'],
    ['has CSRF protection', answering(403, {}, '<h1>Forbidden</h1><p>CSRF verification failed.'), 'csrf'],
    ['redirects to https', answering(301, { location: 'https://127.0.0.1/webhooks/fin' }), 'redirect-to-https'],
    ['redirects to a slash', answering(307, { location: '/webhooks/fin/' }), 'redirect-to-slash'],
    ['redirects to a login', answering(302, { location: '/users/sign_in' }), 'redirect-to-login'],
    ['redirects elsewhere', answering(302, { location: '/elsewhere' }), 'redirect'],
    ['asks for a login', answering(401, { 'www-authenticate': 'Basic' }), 'behind-login'],
  ])('%s', async (_, changes, id) => {
    expect(await causesOf(changes)).toMatchObject([{ id, explains: ['valid'] }]);
  }); // prettier-ignore

  test('has another secret altogether: nothing is claimed', async () => {
    expect(await causesOf(keyed('quite another'))).toEqual([]);
  });

  test('accepts every delivery but the first: nothing is claimed', async () => {
    let isFirst = true;
    const act = () => {
      const status = isFirst ? 401 : 200;
      isFirst = false;
      return { status };
    };
    expect(await causesOf({ act, matches: () => true })).toEqual([]);
  });
});

const mutants = [...accepting, ...refusing, ...surviving];

describe('the causes of mutants', () => {
  test.each([
    ['answers 200 to everything', ['verifies-nothing', 'any-method']],
    ['drops the connection instead of refusing', ['refusal-crashes']],
    ['redirects instead of refusing', ['login']],
    ['answers 500 to a bad signature', ['refusal-crashes']],
    ['answers 403 instead of 401', ['refuses-with-another-status']],
    ['checks nothing where there is no signature', ['unsigned-accepted']],
    ['looks at the form of a signature alone', ['presence-alone']],
    ['compares as far as the signature goes', ['part-compared']],
    ['compares as far as the digest goes', ['part-compared']],
    ['fails on a signature of another length', ['length-throws']],
    ['decodes hex before it looks at it', ['part-compared']],
    ['writes the JSON anew before verifying', ['re-serialised']],
    ['obeys the algorithm header, as the sample of the vendor does', ['algorithm-trusted']],
    ['fails where the algorithm header is missing', ['algorithm-header-needed']],
    ['fails where digests have other lengths', ['algorithm-throws']],
    ['accepts GET', ['any-method']],
    ['knows the names of V1 alone', ['fixed-statuses']],
    ['reads data without looking', ['strict-schema', 'shape-unchecked']],
    ['walks into depths', ['depth-unlimited']],
    ['answers with a stack trace', ['error-page']],
  ])('that %s: %j', async (name, ids) => {
    const { changes, ...settings } = mutants.find(each => each.name === name) ?? expect.fail(`no mutant ${name}`);
    expect((await causesOf(changes(), settings)).map(({ id }) => id)).toEqual(ids);
  });

  test('and a right receiver has none', async () => {
    expect(await causesOf({})).toEqual([]);
  });
});

test.each<[string, (value: unknown) => string]>([
  ['re-serialised as compact JSON', value => JSON.stringify(value)],
  ["re-serialised the way PHP's json_encode does", value => inAscii(JSON.stringify(value)).replaceAll('/', '\\/')],
])('what a receiver verifies in place of the raw body is named: %s', async (words, write) => {
  const [cause] = await causesOf(reserialised(write));
  expect(cause).toMatchObject({
    id: 're-serialised',
    words: `it verifies the body ${words}, not the bytes that arrived`,
  });
});

test('no cause has the id of another', () => {
  expect(new Set(causeRows.map(({ id }) => id)).size).toBe(causeRows.length);
});
