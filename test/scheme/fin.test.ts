import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { algorithmHeader, signatureHeader, algorithms } from '../support/fin.js';
import { sign, signatureHeaders, verify } from '../support/fin.js';
import { createSecret } from '../../src/scheme/secret.js';

const vectors = new URL('../../fixtures/vectors/', import.meta.url);

const knownAnswers = [
  ...readFileSync(new URL('README.md', vectors), 'utf8').matchAll(/^\| (\S+\.json) \| (\d+) \| ([0-9a-f]{64}) \|$/gm),
].map(([, file = '', bytes = '', answer = '']) => ({ file, bytes: Number(bytes), answer }));

const body = Buffer.from('{"hello":"world"}');
const secret = createSecret(Buffer.from('a secret'), 'the test');
const right = sign(body, secret);

const verdict = (...headers: Header[]) => verify(body, headers, [secret]);

describe("the known answers for Fin's own bodies", () => {
  const known = createSecret(Buffer.from('test_secret'), 'the vectors');

  test('are four', () => {
    expect(knownAnswers).toHaveLength(4);
  });

  test.each(knownAnswers)('$file has its signature', ({ file, bytes, answer }) => {
    const published = readFileSync(new URL(file, vectors));
    expect(published).toHaveLength(bytes);
    expect(sign(published, known)).toBe(answer);
    expect(verify(published, [[signatureHeader, answer]], [known])).toMatchObject({ valid: true });
  });

  test.each(knownAnswers)('$file with one more final newline has another signature', ({ file, answer }) => {
    const longer = Buffer.concat([readFileSync(new URL(file, vectors)), Buffer.from('\n')]);
    expect(verify(longer, [[signatureHeader, answer]], [known])).toEqual({
      valid: false,
      reason: 'signature-mismatch',
    });
  });
});

describe('the headers of a signed request', () => {
  test.each(algorithms)('name %s and verify', algorithm => {
    const headers = signatureHeaders(body, secret, algorithm);
    expect(headers).toEqual([
      ['x-fin-signature', sign(body, secret, algorithm)],
      ['x-fin-signature-algorithm', algorithm],
    ]);
    expect(verify(body, headers, [secret])).toEqual({ valid: true, algorithm, secret });
  });

  test('are found in upper or lower case', () => {
    expect(verdict(['X-Fin-Signature', right], ['X-FIN-SIGNATURE-ALGORITHM', 'sha256'])).toMatchObject({ valid: true });
  });

  test('mean sha256 if they name no algorithm', () => {
    expect(verdict([signatureHeader, right])).toEqual({ valid: true, algorithm: 'sha256', secret });
    expect(verdict([signatureHeader, sign(body, secret, 'sha512')])).toMatchObject({ reason: 'signature-malformed' });
  });
});

test.each<[string, Header[]]>([
  ['no headers at all', []],
  ['only an algorithm', [[algorithmHeader, 'sha256']]],
  ['an empty signature', [[signatureHeader, '']]],
  ['a header with a similar name', [['x-fin-signatures', right]]],
  ['an empty signature and an unknown algorithm', [[signatureHeader, ''], [algorithmHeader, 'md5']]], // prettier-ignore
])('a request with %s has no signature', (_, headers) => {
  expect(verdict(...headers)).toEqual({ valid: false, reason: 'signature-missing' });
});

test.each([
  ['is in upper case', right.toUpperCase()],
  ['is one digit short', right.slice(0, -1)],
  ['is one byte short', right.slice(0, -2)],
  ['is one digit long', `${right}0`],
  ['is one byte long', `${right}00`],
  ['is two, divided by a comma', `${right},${right}`],
  ['is two, divided by a comma and a blank', `${right}, ${right}`],
  ['has the prefix sha256=', `sha256=${right}`],
  ['ends with another letter', `${right.slice(0, -1)}g`],
  ['begins with another letter', `z${right.slice(1)}`],
  ['ends with a newline', `${right}\n`],
  ['has a newline for its last digit', `${right.slice(0, -1)}\n`],
  ['has a blank before it', ` ${right}`],
  ['has full-width digits', '\uff10'.repeat(64)],
  ['is in Base64', Buffer.from(right, 'hex').toString('base64')],
  ['is one blank', ' '],
])('a signature that %s is malformed', (_, signature) => {
  expect(verdict([signatureHeader, signature])).toEqual({ valid: false, reason: 'signature-malformed' });
});

test.each([
  ['sha256', 'sha384'],
  ['sha256', 'sha512'],
  ['sha384', 'sha256'],
  ['sha384', 'sha512'],
  ['sha512', 'sha256'],
  ['sha512', 'sha384'],
] as const)('a %s signature with the algorithm %s is malformed', (made, named) => {
  const headers: Header[] = [
    [signatureHeader, sign(body, secret, made)],
    [algorithmHeader, named],
  ];
  expect(verdict(...headers)).toEqual({ valid: false, reason: 'signature-malformed' });
});

const unsupported =
  'none md5 sha1 sha224 SHA256 Sha256 sha-256 HMAC-SHA256 RSA-SHA256 sha256,sha512 __proto__ toString length 0';

test.each([...unsupported.split(' '), ' sha256', 'sha256\n', ''])(
  'the algorithm "%s" is unsupported, even with the correct sha256 signature',
  name => {
    expect(verdict([signatureHeader, right], [algorithmHeader, name])).toEqual({
      valid: false,
      reason: 'algorithm-unsupported',
    });
  },
);

test.each<[string, Header[]]>([
  ['a correct signature twice', [[signatureHeader, right]]],
  ['two signatures in headers of different case', [['X-Fin-Signature', '0'.repeat(64)]]],
  ['a correct signature and an empty one', [['X-FIN-SIGNATURE', '']]],
  ['the same algorithm twice', ['sha256', 'sha256'].map(name => [algorithmHeader, name])],
  ['two algorithms', [[algorithmHeader, 'sha256'], ['X-Fin-Signature-Algorithm', 'sha512']]], // prettier-ignore
])('a request with %s is ambiguous', (_, others) => {
  const reason = 'signature-ambiguous';
  expect(verdict([signatureHeader, right], ...others)).toEqual({ valid: false, reason });
  expect(verdict(...others, [signatureHeader, right])).toEqual({ valid: false, reason });
});

describe('with several secrets', () => {
  const [first, second, third] = ['first', 'second', 'third'].map(name => createSecret(Buffer.from(name), name));
  const secrets = [first!, second!, third!];

  test.each(secrets)('reports that a signature was made with the $origin one', maker => {
    const result = verify(body, [[signatureHeader, sign(body, maker)]], secrets);
    expect(result).toEqual({ valid: true, algorithm: 'sha256', secret: maker });
  });

  test('a signature made with an unknown one is a mismatch', () => {
    expect(verify(body, [[signatureHeader, right]], secrets)).toEqual({ valid: false, reason: 'signature-mismatch' });
  });

  test('no secret at all accepts nothing', () => {
    expect(verify(body, [[signatureHeader, right]], [])).toEqual({ valid: false, reason: 'signature-mismatch' });
  });
});
