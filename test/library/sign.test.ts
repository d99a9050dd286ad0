import { createHmac } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { explain, schemes, sign, UsageError, verify, type SchemeDefinition } from '../../src/index.js';
import { secret } from './receiving.js';

const names = Object.keys(schemes) as (keyof typeof schemes)[];

/** A secret in the scheme's form. */
const secretFor = (name: keyof typeof schemes): string =>
  schemes[name].secret === 'whsec' ? `whsec_${Buffer.from(secret).toString('base64')}` : secret;

test.each(names)('A signature made with %s verifies, and no other does.', scheme => {
  const options = { scheme, secret: secretFor(scheme) };
  const request = sign({ a: 'ä' }, options);
  expect(request.body.toString()).toBe('{"a":"ä"}');
  expect(verify(request, options)).toMatchObject({ valid: true, scheme });
  expect(verify({ ...request, body: '{}' }, options)).toMatchObject({ valid: false, reason: 'signature-mismatch' });
});

test('Strings and bytes are sent unchanged, and a value is serialised once.', () => {
  const digest = createHmac('sha256', secret).update('{"n": 1}').digest('hex');
  for (const body of ['{"n": 1}', Buffer.from('{"n": 1}')])
    expect(sign(body, { secret }).headers).toEqual({
      'content-type': 'application/json',
      'x-fin-signature': digest,
      'x-fin-signature-algorithm': 'sha256',
    });
  let count = 0;
  const { headers, body } = sign({ toJSON: () => ({ count: (count += 1) }) }, { secret });
  expect([body.toString(), verify({ headers, body }, { secret }).valid]).toEqual(['{"count":1}', true]);
});

describe('verifies a request', () => {
  const { headers, body } = sign({ a: 1 }, { secret });
  const pairs = Object.entries(headers);
  const message = new IncomingMessage(new Socket());
  message.rawHeaders = pairs.flat();

  test.each([
    ['an object', { headers, body }],
    ['pairs', { headers: pairs, body }],
    [
      'a list of values each',
      { headers: Object.fromEntries(pairs.map(([name, value]) => [name.toUpperCase(), [value]])), body },
    ],
    ['Headers', { headers: new Headers(headers), body: body.toString() }],
    ['a flat list', { headers: pairs.flat(), body: new Uint8Array(body) }],
    ['a message of Node', Object.assign(message, { body })],
  ])('with its headers as %s', (_, request) => {
    expect(verify(request, { secret }).valid).toBe(true);
  });

  test('from Fetch, once', async () => {
    const request = new Request('http://localhost/', { method: 'POST', headers, body });
    expect((await verify(request.clone(), { secret })).valid).toBe(true);
    expect((await verify(request, { secret })).valid).toBe(true);
    await expect(verify(request, { secret })).rejects.toThrow("can't read the request's body");
  });

  test('with any of several secrets, and the time of its scheme', () => {
    const now = new Date('2026-01-31T09:30:00Z');
    const signed = sign('{}', { secret, scheme: 'stripe', now });
    const result = (options: object) =>
      verify(signed, { secret: ['p0Wn8RtYb3Hs', secret], scheme: 'stripe', ...options });
    expect(result({ now })).toEqual({ valid: true, scheme: 'stripe', algorithm: 'sha256', secretIndex: 1 });
    expect(result({})).toMatchObject({ reason: 'timestamp-too-old', signedAt: now.toISOString() });
    expect(result({ now: null }).valid && result({ tolerance: null }).valid).toBe(true);
    expect(result({ scheme: 'fin' })).toMatchObject({ reason: 'signature-missing', looksLike: 'stripe' });
  });
});

test('An invalid option is one of our errors, which shows no secret.', () => {
  const { headers, body } = sign({ a: 1 }, { secret });
  const circular: { own?: unknown } = {};
  circular.own = circular;
  const attempts: readonly [() => unknown, string][] = [
    [() => verify({ headers, body: { a: 1 } as never }, { secret }), 'the body was already parsed'],
    [() => verify(undefined as never, { secret }), 'there is no request'],
    [() => verify({ body } as never, { secret }), 'there are no headers'],
    [() => verify({ headers, body }, {} as never), 'options.secret is missing'],
    [() => sign(circular, { secret }), "the body can't be serialised as JSON"],
    [() => sign(undefined as never, { secret }), 'there is no body'],
    [() => sign('', { secret: 5 as never }), "options.secret isn't text"],
    [() => sign('', { secret, algorithm: 'sha1' }), "fin doesn't sign with sha1"],
    [() => sign('', { secret, url: 'localhost' }), '"localhost" is missing http:// or https://'],
    [() => sign('', { secret: `${secret}\ufffd` }), "the secret from options.secret isn't UTF-8 text"],
    [
      () => sign('', { secret, scheme: { signature: { header: 'x', encoding: 'hex', list: '' } } }),
      'options.scheme.signature.list needs list',
    ],
  ];
  for (const [attempt, words] of attempts) {
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(words);
    expect(attempt).not.toThrow(secret);
  }
});

test('A custom definition may sign the URL and headers.', () => {
  const scheme: SchemeDefinition = { signature: { header: 'x-own' }, signed: '{method} {url} {header.x-a} {body}' };
  const request = sign('{}', { secret, scheme, url: 'http://localhost:1/a?b', headers: { 'X-A': '1' } });
  const url = 'http://localhost:1/a?b';
  expect(verify({ ...request, url }, { secret, scheme }).valid).toBe(true);
  expect(verify({ ...request, url: `${url}c` }, { secret, scheme }).valid).toBe(false);
});

test('explain says in words what’s wrong, or that nothing is.', async () => {
  const request = sign('{"a": 1}', { secret });
  expect(await explain(request, { secret })).toMatchObject({ findings: [], text: 'the signature is valid' });
  const { findings, text } = await explain({ ...request, body: '{"a":1}' }, { secret });
  expect(findings).toMatchObject([{ about: 'body' }]);
  expect(text.split('\n').map(line => line.split(':')[0])).toEqual(['signature-mismatch', 'why', 'fix']);
  const other = await explain(new Request('http://localhost/', request), { secret: 'p0Wn8RtYb3Hs' });
  expect(other).toMatchObject({ findings: [], isComplete: true, verification: { valid: false } });
});
