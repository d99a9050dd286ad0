import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { TriedAlgorithm } from './algorithm.js';
import type { Mistake } from './hypothesis.js';

/** Wrong uses of a secret and a body: anything but the scheme's HMAC. */
interface Use extends Mistake {
  digests: (input: UseInput) => Iterable<Buffer>;
}

interface UseInput {
  key: KeyObject;
  /** The scheme's whole signed content. */
  content: Buffer;
  algorithm: TriedAlgorithm;
}

const useHmac =
  "use HMAC: crypto.createHmac('sha256', secret), hash_hmac('sha256', $body, $secret), hmac.new(secret, body, hashlib.sha256)";
const keyFirst = 'pass the secret to HMAC as the key and the body as the message: check the order of the arguments';
const once = 'sign the body itself, hashed only once';

/** The most likely first. */
export const uses: readonly Use[] = [
  {
    id: 'swapped',
    *digests({ key, content, algorithm }) {
      yield createHmac(algorithm, content).update(key.export()).digest();
    },
    words: 'it was made with the body as the key and the secret as the message',
    remedy: keyFirst,
  },
  {
    id: 'plain-hash',
    *digests({ key, content, algorithm }) {
      const secret = key.export();
      for (const mark of ['', '.', ':']) {
        yield createHash(algorithm).update(secret).update(mark).update(content).digest();
        yield createHash(algorithm).update(content).update(mark).update(secret).digest();
        yield createHash(algorithm).update(secret).update(mark).update(content).update(mark).update(secret).digest();
      }
    },
    words: 'it is a plain hash of the secret and the body, not an HMAC',
    remedy: useHmac,
  },
  {
    id: 'hash-without-secret',
    *digests({ content, algorithm }) {
      yield createHash(algorithm).update(content).digest();
    },
    words: 'it is a plain hash of the body, without the secret',
    remedy: useHmac,
  },
  {
    id: 'hmac-of-digest',
    *digests({ key, content, algorithm }) {
      const digest = createHash(algorithm).update(content).digest();
      const hex = digest.toString('hex');
      for (const message of [hex, digest, digest.toString('base64'), hex.toUpperCase()])
        yield createHmac(algorithm, key).update(message).digest();
    },
    words: 'it was made of the hash of the body, not of the body itself',
    remedy: once,
  },
  {
    id: 'secret-in-message',
    *digests({ key, content, algorithm }) {
      const secret = key.export();
      yield createHmac(algorithm, key).update(content).update(secret).digest();
      yield createHmac(algorithm, key).update(secret).update(content).digest();
    },
    words: 'it was made of the body and the secret, with the secret also as the key',
    remedy: keyFirst,
  },
  {
    id: 'hash-of-hmac',
    *digests({ key, content, algorithm }) {
      const digest = createHmac(algorithm, key).update(content).digest();
      const hex = digest.toString('hex');
      for (const message of [hex, digest]) {
        yield createHash(algorithm).update(message).digest();
        yield createHmac(algorithm, key).update(message).digest();
      }
    },
    words: 'it is the hash or HMAC of the valid signature: it was hashed twice',
    remedy: once,
  },
  {
    id: 'hashed-secret',
    *digests({ key, content, algorithm }) {
      const digest = createHash('sha256').update(key.export()).digest();
      for (const hashed of [digest, digest.toString('hex'), digest.toString('base64')])
        yield createHmac(algorithm, hashed).update(content).digest();
    },
    words: 'it was made with the hash of the secret as the key',
    remedy: 'use the secret itself as the key',
  },
];
