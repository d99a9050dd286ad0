import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { algorithmHeader, signatureHeader, algorithms } from '../support/fin.js';
import { sign, signatureHeaders, verify } from '../support/fin.js';
import { secretFromKey, type Secret } from '../../src/scheme/secret.js';

const anyBody = fc.uint8Array({ maxLength: 2048 });
const anyKey = fc.uint8Array({ minLength: 1, maxLength: 200 }).filter(key => key.some(byte => byte !== 0));
const anyAlgorithm = fc.constantFrom(...algorithms);

const secretOf = (key: Uint8Array): Secret => secretFromKey(key, 'the test');

/** Every copy of `bytes` with one bit flipped. */
const flips = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Uint8Array.from(bytes);
    copy[bit >> 3]! ^= 1 << (bit & 7);
    return copy;
  });

test('any signed body verifies, for any secret and algorithm', () => {
  fc.assert(
    fc.property(anyBody, anyKey, anyAlgorithm, (body, key, algorithm) => {
      const secret = secretOf(key);
      const headers = signatureHeaders(body, secret, algorithm);
      expect(verify(body, headers, [secret])).toEqual({ valid: true, algorithm, secret });
    }),
  );
});

test('two different bodies never share a signature', () => {
  fc.assert(
    fc.property(anyBody, anyBody, anyKey, (body, other, key) => {
      fc.pre(!Buffer.from(body).equals(other));
      const secret = secretOf(key);
      expect(verify(other, signatureHeaders(body, secret, 'sha256'), [secret])).toEqual({
        valid: false,
        reason: 'signature-mismatch',
      });
    }),
  );
});

test('no header makes verifying throw', () => {
  const anyHeader = fc.tuple(
    fc.constantFrom(signatureHeader, algorithmHeader, 'X-Fin-Signature', 'x-other'),
    fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-f]{64}$/), fc.constantFrom(...algorithms)),
  );
  fc.assert(
    fc.property(anyBody, fc.array(anyHeader, { maxLength: 4 }), (body, headers) => {
      expect(verify(body, headers, [secretOf(Buffer.from('a secret'))]).valid).toBe(false);
    }),
  );
});

describe.each(algorithms)('of a request signed with %s', algorithm => {
  const body = Buffer.from('{"event":{"id":"1"},"data":{}}');
  const key = Buffer.from('a small secret');
  const secret = secretOf(key);
  const signature = sign(body, secret, algorithm);
  const isValid = (offered: string, against: { body?: Uint8Array; key?: Uint8Array } = {}) =>
    verify(
      against.body ?? body,
      [
        [signatureHeader, offered],
        [algorithmHeader, algorithm],
      ],
      [secretOf(against.key ?? key)],
    ).valid;

  test('the unchanged original is valid', () => {
    expect(isValid(signature)).toBe(true);
  });

  test('every bit of the body matters', () => {
    expect(flips(body).filter(flipped => isValid(signature, { body: flipped }))).toEqual([]);
  });

  test('every bit of the secret matters', () => {
    expect(flips(key).filter(flipped => isValid(signature, { key: flipped }))).toEqual([]);
  });

  test('every bit of the signature’s bytes matters', () => {
    const forged = flips(Buffer.from(signature, 'hex')).map(bytes => Buffer.from(bytes).toString('hex'));
    expect(forged).toHaveLength(signature.length * 4);
    expect(forged.filter(flipped => isValid(flipped))).toEqual([]);
  });

  test('every bit of the signature’s text matters', () => {
    const forged = flips(Buffer.from(signature, 'latin1')).map(bytes => Buffer.from(bytes).toString('latin1'));
    expect(forged.filter(flipped => isValid(flipped))).toEqual([]);
  });

  test('every truncated signature is refused, from either end', () => {
    const cuts = Array.from({ length: signature.length }, (_, index) => index);
    const truncated = cuts.flatMap(length => [signature.slice(0, length), signature.slice(signature.length - length)]);
    expect(truncated.filter(cut => isValid(cut))).toEqual([]);
  });

  test('every truncated body is refused', () => {
    const truncated = Array.from({ length: body.length }, (_, length) => body.subarray(0, length));
    expect(truncated.filter(cut => isValid(signature, { body: cut }))).toEqual([]);
  });
});
