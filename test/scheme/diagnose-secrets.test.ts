import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { encodedSecretHypotheses } from '../../src/scheme/explain/secret/encoded.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { explained, idsOf, key, mistaken, secretOf, textOf } from './mistakes/mistaken.js';
import { encodedSecretCases } from './mistakes/schemes.js';

test('each mistake about an encoded secret has a case', () => {
  const told = new Set(encodedSecretCases.map(({ id }) => id));
  const rare = ['secret-decoded-from-hex', 'secret-decoded-twice'];
  expect(encodedSecretHypotheses('hex').filter(({ id }) => !told.has(id) && !rare.includes(id))).toEqual([]);
});

describe('secrets in hexadecimal and in base64', () => {
  test.each(['hex', 'base64'] as const)('%s', encoding => {
    const scheme = new Scheme('any', { signature: { header: 'x-signature' }, secret: encoding });
    for (const { id, used } of encodedSecretCases) {
      const bytes = used(textOf(scheme), key);
      if (bytes !== undefined) expect(explained(scheme, { used: bytes })).toEqual([id]);
    }
  });

  test('base64 that is also hexadecimal, and doubly decoded secrets', () => {
    const scheme = new Scheme('any', { signature: { header: 'x-signature' }, secret: 'base64' });
    const digits = 'abcdef0123456789';
    const secrets = [secretOf(scheme, digits)];
    const message = mistaken(scheme, { used: Buffer.from(digits, 'hex') });
    expect(idsOf(diagnose(message, { secrets }, scheme))).toEqual(['secret-decoded-from-hex']);
    const twice = [secretOf(scheme, Buffer.from(key.toString('base64')).toString('base64'))];
    expect(idsOf(diagnose(mistaken(scheme, { used: key }), { secrets: twice }, scheme))).toEqual(['secret-decoded-twice']); // prettier-ignore
  });
});
