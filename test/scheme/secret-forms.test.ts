import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import type { SecretForm } from '../../src/scheme/definition.js';
import { fromSeed } from '../../src/scheme/ed25519.js';
import { createSecret, type Secret } from '../../src/scheme/secret.js';

const forms = {
  text: { encoding: 'text', ed25519: 'never' },
  hex: { encoding: 'hex', ed25519: 'never' },
  base64: { encoding: 'base64', ed25519: 'never' },
  whsec: { encoding: 'whsec', ed25519: 'never' },
  both: { encoding: 'whsec', ed25519: 'beside-hmac' },
  ed25519: { encoding: 'whsec', ed25519: 'always' },
  ed25519Hex: { encoding: 'hex', ed25519: 'always' },
} as const satisfies Record<string, SecretForm>;

const create = (text: string, form: SecretForm): Secret => createSecret(Buffer.from(text), '.env', form);

/** All byte values, and a length that needs padding in base64. */
const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => 255 - byte));
const padded = bytes.toString('base64');
const seed = Buffer.alloc(32, 'Gv7#');
const publicKey = Buffer.from(fromSeed(seed).publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
const pair = Buffer.concat([seed, publicKey]);
const base64 = (key: Buffer): string => key.toString('base64');

describe('a key for HMAC is', () => {
  test.each<[string, string, SecretForm]>([
    ['the text itself, whatever it looks like', `whsec_${padded}`, forms.text],
    ['hex', bytes.toString('hex'), forms.hex],
    ['hex in capitals', bytes.toString('hex').toUpperCase(), forms.hex],
    ['base64', padded, forms.base64],
    ['base64 without its padding', padded.replace(/=+$/, ''), forms.base64],
    ['base64 behind whsec_', `whsec_${padded}`, forms.whsec],
    ['base64 without whsec_', padded, forms.whsec],
    ['base64 without whsec_ and padding', padded.replace(/=+$/, ''), forms.both],
  ])('%s', (_, text, form) => {
    const { key, publicKey: verifying } = create(text, form);
    expect(key.type).toBe('secret');
    expect(verifying).toBeUndefined();
    expect(key.export().equals(form.encoding === 'text' ? Buffer.from(text) : bytes)).toBe(true);
  });
});

describe('a key for ed25519 is', () => {
  test.each<[string, string, SecretForm, 'private' | 'public']>([
    ['64 bytes behind whsk_', `whsk_${base64(pair)}`, forms.both, 'private'],
    ['32 bytes behind whpk_', `whpk_${base64(publicKey)}`, forms.both, 'public'],
    ['64 bytes behind whsk_, for ed25519 alone', `whsk_${base64(pair)}`, forms.ed25519, 'private'],
    ['32 bytes without a prefix, if nothing else is possible', base64(publicKey), forms.ed25519, 'public'],
    ['64 bytes in hex', pair.toString('hex'), forms.ed25519Hex, 'private'],
    ['32 bytes in hex', publicKey.toString('hex'), forms.ed25519Hex, 'public'],
    ['PKCS #8', `302e020100300506032b657004220420${seed.toString('hex')}`, forms.ed25519Hex, 'private'],
    ['SPKI', `302a300506032b6570032100${publicKey.toString('hex')}`, forms.ed25519Hex, 'public'],
  ])('%s', (...row) => {
    const [, text, form, type] = row;
    const secret = create(text, form);
    expect(secret.key.type).toBe(type);
    expect(secret.publicKey?.export({ format: 'jwk' }).x).toBe(publicKey.toString('base64url'));
  });
});

const otherSeed = Buffer.concat([Buffer.alloc(32, 'q!Kd'), publicKey]);
const [inBase64, encoding] = ["isn't base64, which this scheme's secrets are written in", 'copy it once more'];

describe('refuses a secret, in words that don’t contain it:', () => {
  test.each<[string, string, SecretForm, string, string]>([
    ['nothing', '', forms.whsec, 'is empty', 'the right one?'],
    ['nothing in base64', '', forms.base64, 'is empty', 'the right one?'],
    ['NULs', '\0\0\0\0', forms.text, 'has a NUL byte in it', 'UTF-8'],
    ['zeros in hex', '00'.repeat(32), forms.hex, 'is empty', 'the right one?'],
    ['zeros behind whsec_', `whsec_${base64(Buffer.alloc(24))}`, forms.whsec, 'is empty', 'the right one?'],
    [
      'zeros for a public key',
      `whpk_${base64(Buffer.alloc(32))}`,
      forms.both,
      'anybody can forge signatures for it',
      'the right one?',
    ],
    ['hex with an odd length', 'abc12', forms.hex, "isn't hex, which this scheme's secrets are written in", encoding],
    ['hex with 0x', '0xab12cd34', forms.hex, "isn't hex", encoding],
    ['base64url', 'q83v-_-7q83v', forms.base64, inBase64, encoding],
    ['base64 with a blank', 'q83v q83v', forms.base64, inBase64, encoding],
    ['base64 with its bits left over', 'q83vqx==', forms.base64, inBase64, encoding],
    ['base64 with padding in the middle', 'q8==q83v', forms.base64, inBase64, encoding],
    ['a text for whsec', 'Tr0ub4dor&3', forms.whsec, "isn't base64 after whsec_", 'or is it for another scheme?'],
    ['base64url behind whsec_', 'whsec_q83v-_-7q83v', forms.both, "isn't base64 after whsec_", 'copy all of it'],
    ['whsec_ alone', 'whsec_', forms.both, "isn't base64 after whsec_", 'copy all of it'],
    ['a secret in quotes', `"whsec_${padded}"`, forms.both, "isn't base64 after whsec_", 'without quotes'],
    [
      'a version in front',
      `v1,whsec_${padded}`,
      forms.whsec,
      'has a version in front, as signatures do',
      'remove everything before whsec_',
    ],
    ['another version in front', `v1a,${base64(pair)}`, forms.both, 'has a version in front', 'remove everything'],
    [
      'a private key if the scheme only has HMAC',
      `whsk_${base64(pair)}`,
      forms.whsec,
      'is an ed25519 key',
      'starts with whsec_',
    ],
    [
      'a public key if the scheme only has HMAC',
      `whpk_${base64(publicKey)}`,
      forms.whsec,
      'is an ed25519 key',
      'starts with whsec_',
    ],
    [
      'an HMAC key if the scheme only has ed25519',
      `whsec_${padded}`,
      forms.ed25519,
      'is for HMAC',
      'starts with whsk_',
    ],
    [
      'a public key that is too short',
      `whpk_${base64(publicKey.subarray(1))}`,
      forms.both,
      'has 31 bytes, which no ed25519 key has',
      '32 bytes',
    ],
    [
      'a private key that is too long',
      `whsk_${base64(Buffer.concat([pair, seed]))}`,
      forms.both,
      'has 96 bytes',
      '32 bytes',
    ],
    [
      '48 bytes that aren’t PKCS #8',
      Buffer.alloc(48, 'DER').toString('hex'),
      forms.ed25519Hex,
      'has 48 bytes',
      '32 bytes',
    ],
    ['halves of two keys', `whsk_${base64(otherSeed)}`, forms.both, "its second half isn't its public key", '64 bytes'],
    ['base64 for a key in hex', base64(pair), forms.ed25519Hex, "isn't hex", encoding],
  ])('%s', (...row) => {
    const [, text, form, words, hint] = row;
    const error = thrownBy(() => create(text, form));
    expect(error).toBeInstanceOf(UsageError);
    const { message, hint: said = '' } = error as UsageError;
    expect(message).toContain('the secret from .env ');
    expect(message).toContain(words);
    expect(said).toContain(hint);
    const kept = text.replace(/^"?(?:v\d+a?,)?(?:whsec_|whsk_|whpk_)?/, '').replace(/\0/g, '');
    if (kept !== '') expect(`${message} ${said}`).not.toContain(kept.slice(0, 5));
  });
});

test('creating a secret from anything else throws only our own errors', () => {
  for (const form of Object.values(forms)) {
    for (let length = 0; length < 100; length += 1) {
      const text = randomBytes(length);
      const error = thrownBy(() => createSecret(text, '.env', form));
      if (error !== undefined) expect(error).toBeInstanceOf(UsageError);
    }
  }
});

test('a printed secret shows neither its key nor its text', () => {
  for (const [text, form] of [
    [`whsec_${padded}`, forms.both],
    [`whsk_${base64(pair)}`, forms.both],
    [padded, forms.text],
  ] as const) {
    // prettier-ignore
    const printed = JSON.stringify(create(text, form));
    expect(printed).not.toContain(text.slice(6, 20));
  }
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
