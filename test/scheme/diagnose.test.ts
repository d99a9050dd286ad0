import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { algorithmHeader, algorithms, signatureHeader } from '../support/fin.js';
import type { Diagnosis } from '../../src/scheme/explain/diagnose.js';
import { diagnose } from '../support/fin.js';
import { sign, verify } from '../support/fin.js';
import { plainHypotheses } from '../../src/scheme/explain/body/plain.js';
import { transportHypotheses } from '../../src/scheme/explain/body/transport.js';
import { secretHypotheses } from '../../src/scheme/explain/secret/all.js';
import { uses } from '../../src/scheme/explain/use.js';
import { createSecret, type Secret } from '../../src/scheme/secret.js';
import { bodyCases, rareBodyCases } from './mistakes/bodies.js';
import { rareSecretCases, secretCases } from './mistakes/secrets.js';
import { spellingCases, useCases } from './mistakes/signatures.js';

const hypotheses = [...plainHypotheses, ...transportHypotheses];
const secretOf = (text: string): Secret => createSecret(Buffer.from(text), 'the test');
const secret = secretOf('a secret');
const body = Buffer.from('{"hello":"world"}');

const hmac = (algorithm: string, signed: string | Uint8Array, used: string | Uint8Array = 'a secret') =>
  createHmac(algorithm, used).update(signed).digest();

const idsOf = (diagnosis: Diagnosis | undefined): string[] =>
  diagnosis?.found ? diagnosis.findings.map(({ id }) => id) : [];

/** The findings about a request that must be refused. */
function explained({ arrived = body, headers = [], signature, configured = secret }: Refused): string[] {
  const request = {
    body: Buffer.from(arrived),
    headers: [[signatureHeader, signature] as const, ...headers],
  };
  expect(verify(request.body, request.headers, [configured]).valid).toBe(false);
  return idsOf(diagnose(request, [configured]));
}

interface Refused {
  arrived?: string | Uint8Array;
  headers?: Header[];
  signature: string;
  configured?: Secret;
}

const encodingOf = ({ encoding }: { encoding?: string }): Header[] =>
  encoding === undefined ? [] : [['Content-Encoding', encoding]];

const allBodyCases = [...bodyCases, ...rareBodyCases];
const allSecretCases = [...secretCases, ...rareSecretCases];

describe('reports a mistake about the body', () => {
  test.each(allBodyCases)('$id: $signed', ({ id, arrived, signed, headers = [], ...bodyCase }) => {
    const signature = hmac('sha256', signed).toString('hex');
    expect(explained({ arrived, headers: [...encodingOf(bodyCase), ...headers], signature })).toEqual([id]);
  });

  test('with at least one case per hypothesis', () => {
    const told = new Set(allBodyCases.map(({ id }) => id));
    expect(hypotheses.filter(({ id }) => !told.has(id))).toEqual([]);
  });

  test('with the newline that ends a file', () => {
    const signature = hmac('sha256', '{\n  "a": 1\n}\n').toString('hex');
    expect(explained({ arrived: '{"a":1}', signature })).toEqual(['json-2-spaces', 'with-final-lf']);
  });
});

describe('reports a mistake about the secret', () => {
  test.each(allSecretCases)('$id: $configured', ({ id, configured, used }) => {
    const signature = hmac('sha256', body, used).toString('hex');
    expect(explained({ signature, configured: secretOf(configured) })).toEqual([id]);
  });

  test('with at least one case per hypothesis', () => {
    const told = new Set(allSecretCases.map(({ id }) => id));
    expect(secretHypotheses.filter(({ id }) => !told.has(id))).toEqual([]);
  });
});

describe('reports a wrong use of HMAC', () => {
  test.each(useCases)('$id', ({ id, digest }) => {
    expect(explained({ signature: digest(body.toString(), 'a secret').toString('hex') })).toEqual([id]);
    const both = digest(body.toString(), 'a secret\n').toString('hex');
    const alone = id === 'hash-without-secret' ? [id] : [id, 'secret-with-final-lf'];
    expect(explained({ signature: both })).toEqual(alone);
  });

  test('with at least one case for each', () => {
    expect(new Set(useCases.map(({ id }) => id))).toEqual(new Set(uses.map(({ id }) => id)));
  });
});

describe.each(secretCases)('together with $id ($configured)', ({ id: secretId, configured, used }) => {
  test.each(bodyCases)('reports $id: $signed', bodyCase => {
    const { id, arrived, signed } = bodyCase;
    const signature = hmac('sha256', signed, used).toString('hex');
    const refused = { arrived, headers: encodingOf(bodyCase), signature, configured: secretOf(configured) };
    expect(explained(refused)).toEqual([id, secretId]);
  });
});

describe('reports a mistake about the algorithm', () => {
  const pairs = algorithms.flatMap(made => algorithms.map(named => [made, named] as const));
  test.each(pairs.filter(([made, named]) => made !== named))('%s under the name %s', (made, named) => {
    const signature = hmac(made, body).toString('hex');
    expect(explained({ signature, headers: [[algorithmHeader, named]] })).toEqual([made]);
  });

  test('sha512 without a name', () => {
    expect(explained({ signature: hmac('sha512', body).toString('hex') })).toEqual(['sha512']);
  });

  test.each(['sha1', 'md5'])('%s, named or not', made => {
    const signature = hmac(made, body).toString('hex');
    expect(explained({ signature })).toEqual([made]);
    expect(explained({ signature, headers: [[algorithmHeader, made]] })).toEqual([made]);
  });

  test.each(['SHA256', 'sha-256', 'HMAC-SHA256', '', 'toString'])('sha256 under the name "%s"', name => {
    const signature = hmac('sha256', body).toString('hex');
    expect(explained({ signature, headers: [[algorithmHeader, name]] })).toEqual(['algorithm-name']);
  });
});

const right = hmac('sha256', body);

describe('reports a mistake about the spelling', () => {
  test.each(spellingCases)('$ids: $spell', ({ ids, spell, body: arrived = body }) => {
    expect(explained({ arrived, signature: spell(hmac('sha256', arrived)) })).toEqual(ids);
  });

  test('base64url', () => {
    const arrived = 'one whose signature has both - and _ in base64url: 8';
    const signature = hmac('sha256', arrived).toString('base64url');
    expect(signature).toMatch(/-.*_|_.*-/);
    expect(explained({ arrived, signature })).toEqual(['base64url']);
  });

  test('together with all the others', () => {
    const signature = `sha512=${hmac('sha512', '{"a":1}\n', 'a secret\n').toString('base64')}`;
    const ids = ['with-final-lf', 'secret-with-final-lf', 'sha512', 'prefix', 'base64'];
    expect(explained({ arrived: '{"a":1}', signature })).toEqual(ids);
  });
});

describe('names a value that isn’t a digest', () => {
  test.each([
    ['promise', '[object Promise]'],
    ['object', '[object ArrayBuffer]'],
    ['object', 'System.Byte[]'],
    ['object', '<hmac.HMAC object at 0x7f2a>'],
    ['no-value', 'undefined'],
    ['list-of-bytes', JSON.stringify(right)],
    ['list-of-bytes', `[${[...right].join(', ')}]`],
    ['secret-itself', 'a secret'],
    ['secret-itself', 'Bearer a secret'],
  ])('%s: %s', (id, signature) => {
    expect(explained({ signature })).toEqual([id]);
  });
});

test('prefers the correct signature over a weak one', () => {
  const signature = `sha1=${hmac('sha1', body).toString('hex')}, sha256=${right.toString('hex')}`;
  expect(explained({ signature })).not.toContain('sha1');
});

describe('with several secrets', () => {
  const secrets = ['first', 'second', 'third'].map(name => createSecret(Buffer.from(name), `the ${name} one`));

  test.each(['first', 'second', 'third'])('reports the %s by its origin', name => {
    const byBody = hmac('sha256', '{"hello":"world"}\n', name).toString('hex');
    const bySecret = hmac('sha256', body, `${name}\n`).toString('hex');
    for (const signature of [byBody, bySecret]) {
      const diagnosis = diagnose({ body, headers: [[signatureHeader, signature]] }, secrets);
      expect(diagnosis).toMatchObject({ found: true, origin: `the ${name} one` });
    }
  });

  test('no secret at all explains nothing', () => {
    const diagnosis = diagnose({ body, headers: [[signatureHeader, right.toString('hex')]] }, []);
    expect(diagnosis).toEqual({ found: false, tried: 0, isComplete: true });
  });
});

test.each<[string, Header[]]>([
  ['that is valid', [[signatureHeader, sign(body, secret)]]],
  ['without a signature', [[algorithmHeader, 'sha256']]],
  ['with an empty signature', [[signatureHeader, '']]],
  ['with two signatures', [[signatureHeader, '0'.repeat(64)], ['X-Fin-Signature', '1'.repeat(64)]]], // prettier-ignore
  ['with two algorithms', [[signatureHeader, '0'.repeat(64)], [algorithmHeader, 'md5'], [algorithmHeader, 'sha1']]], // prettier-ignore
])('finds nothing to diagnose about a request %s', (_, headers) => {
  expect(diagnose({ body, headers }, [secret])).toBeUndefined();
});

test.each(['z', '00', '0'.repeat(66), 'sha256=', '='.repeat(64), '\uff10'.repeat(64)])(
  'tries nothing for "%s", which isn’t a digest in any spelling',
  signature => {
    const diagnosis = diagnose({ body, headers: [[signatureHeader, signature]] }, [secret]);
    expect(diagnosis).toEqual({ found: false, tried: 0, isComplete: true });
  },
);

test('each finding has its own words and fix, and nothing else', () => {
  const ids = [...hypotheses, ...secretHypotheses].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const headers: Header[] = [[signatureHeader, hmac('sha256', '{"hello":"world"}\n').toString('hex')]];
  expect(diagnose({ body, headers }, [secret])).toEqual({
    found: true,
    origin: 'the test',
    secrets: 1,
    findings: [
      {
        about: 'body',
        id: 'with-final-lf',
        words: 'the signature matches the body with a newline (LF) at its end',
        remedy: 'sign and send the same bytes: echo, editors and files add a newline at the end',
      },
    ],
  });
});
