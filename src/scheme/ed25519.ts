import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../errors.js';

/** A private or public key, and the public key that verifies. */
export interface Ed25519Key {
  key: KeyObject;
  publicKey: KeyObject;
}

/** The bytes before a key's own 32 bytes in DER: RFC 8410. */
const derPrefix = {
  private: Buffer.from('302e020100300506032b657004220420', 'hex'),
  public: Buffer.from('302a300506032b6570032100', 'hex'),
};

const keyLength = 32;

/**
 * Makes a key from its bytes: 32 are a public key, 64 a private key followed by its public key, as in libsodium;
 * DER (PKCS #8 and SPKI) is either. Throws UsageError for other bytes.
 */
export function ed25519Key(bytes: Buffer, origin: string): Ed25519Key {
  if (bytes.length === keyLength) return publicOnly(bytes, origin);
  if (bytes.length === keyLength * 2) return privateKey(bytes, origin);
  for (const [kind, prefix] of Object.entries(derPrefix)) {
    if (bytes.length !== prefix.length + keyLength || !bytes.subarray(0, prefix.length).equals(prefix)) continue;
    const raw = bytes.subarray(prefix.length);
    return kind === 'public' ? publicOnly(raw, origin) : fromSeed(raw);
  }
  throw new UsageError(`the secret from ${origin} has ${bytes.length} bytes, which no ed25519 key has`, {
    hint: 'a public key has 32 bytes, a private one 64: its seed and the public key',
  });
}

/** Returns the private key for a seed of 32 random bytes, and the 64 bytes that it is written as. */
export function fromSeed(seed: Uint8Array): Ed25519Key & { bytes: Buffer } {
  const key = createPrivateKey({ key: Buffer.concat([derPrefix.private, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key);
  return { key, publicKey, bytes: Buffer.concat([seed, rawPublicKey(publicKey)]) };
}

/** Returns the 32 bytes of a public key. */
export const rawPublicKey = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(derPrefix.public.length);

function publicOnly(bytes: Buffer, origin: string): Ed25519Key {
  if (isOfSmallOrder(bytes))
    throw new UsageError(`the secret from ${origin} isn't a usable key: anybody can forge signatures for it`, {
      hint: 'is the variable or file the right one?',
    });
  const key = createPublicKey({ key: Buffer.concat([derPrefix.public, bytes]), format: 'der', type: 'spki' });
  return { key, publicKey: key };
}

function privateKey(bytes: Buffer, origin: string): Ed25519Key {
  const found = fromSeed(bytes.subarray(0, keyLength));
  if (found.publicKey.equals(publicOnly(bytes.subarray(keyLength), origin).key)) return found;
  throw new UsageError(`the secret from ${origin} isn't an ed25519 private key: its second half isn't its public key`, {
    hint: 'a private key has 64 bytes: its seed and the public key',
  });
}

/** The curve's points of small order, in all encodings, without the sign (the last bit). */
const smallOrder: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isOfSmallOrder(bytes: Buffer): boolean {
  const unsigned = Buffer.from(bytes);
  unsigned[keyLength - 1] = (unsigned[keyLength - 1] ?? 0) & 0x7f;
  return smallOrder.has(unsigned.toString('hex'));
}
