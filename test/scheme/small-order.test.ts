import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecret } from '../../src/scheme/secret.js';

/** Signatures that nobody made: the neutral point, and zero. */
const forgery = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]);

const messages = Array.from({ length: 64 }, (_, index) => Buffer.from(`message ${index}`));

/** Public keys without a private one, in the form that OpenSSL reads. */
const weak = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

test.each(weak)('the key %s verifies signatures that nobody made, and is refused', hex => {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(hex, 'hex')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  expect(messages.some(message => verify(null, message, key, forgery))).toBe(true);
  for (const written of [hex, der.toString('hex')])
    expect(() => createSecret(Buffer.from(written), '.env', { encoding: 'hex', ed25519: 'always' })).toThrow(
      'anybody can forge signatures for it',
    );
});
