import { describe, expect, test } from 'vitest';
import { presetNames } from '../../src/scheme/presets/index.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { createSecret } from '../../src/scheme/secret.js';
import { knownFrom, vectors } from './vectors.js';

test('every preset has a known answer, in order', () => {
  expect([...new Set(vectors.map(({ preset }) => preset))]).toEqual(presetNames);
});

describe.each(vectors)('$preset: $source', vector => {
  const { scheme, secret, bare, headers, now, id } = knownFrom(vector);

  test('is valid at its time, within the tolerance', () => {
    const expected = { valid: true, algorithm: vector.value.startsWith('v1a,') ? 'ed25519' : 'sha256', secret };
    expect(scheme.verify({ ...bare, headers }, [secret], now)).toEqual(expected);
  });

  if (!vector.verifiesOnly)
    test('equals our own signature, header by header', () => {
      expect(scheme.sign(bare, { secret, now, id })).toEqual(headers);
    });

  if (vector.verifiesOnly === 'its secret is a public key')
    test('can’t be made with a public key', () => {
      expect(() => scheme.sign(bare, { secret, now, id })).toThrow('the secret from the vector is a public key');
    });
});

/** RFC 8032, 7.1, tests 2 and 3. */
const rfc8032 = [
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    body: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    body: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];

test.each(rfc8032)('ed25519 signs and verifies as in RFC 8032: $publicKey', ({ seed, publicKey, body, signature }) => {
  const scheme = new Scheme('rfc', {
    signature: { header: 'x-signature' },
    algorithm: 'ed25519',
    secret: 'hex',
  });
  const secretOf = (hex: string) => createSecret(Buffer.from(hex), 'the RFC', scheme.secrets);
  const bare = { method: 'POST', headers: [], body: Buffer.from(body, 'hex') };
  const headers = scheme.sign(bare, { secret: secretOf(seed + publicKey), now: new Date(0) });
  expect(headers).toEqual([['x-signature', signature]]);
  for (const secret of [secretOf(publicKey), secretOf(seed + publicKey)])
    expect(scheme.verify({ ...bare, headers }, [secret])).toEqual({ valid: true, algorithm: 'ed25519', secret });
});
