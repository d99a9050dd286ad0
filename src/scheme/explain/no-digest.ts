import type { LooseClaim } from '../claim.js';
import { writtenSecret, type Secret } from '../secret.js';
import type { Finding, Mistake } from './hypothesis.js';

/** A value in the header that is recognisably not a digest. */
export const shapes: readonly (Mistake & { pattern: RegExp })[] = [
  {
    id: 'promise',
    pattern: /^\[object Promise\]$/,
    words: 'the signature is [object Promise]: the signing function is asynchronous',
    remedy: 'await it: await sign(body)',
  },
  {
    id: 'object',
    pattern: /^\[object \w+\]$|^System\.Byte\[\]$|^\[B@[0-9a-f]+$|^<.*(?:hmac|HMAC|Digest).*>$|^#<.*>$/,
    words: 'the signature is the name of an object, not a digest',
    remedy: "get the digest as text: .digest('hex'), .hexdigest(), bin2hex, Convert.ToHexString",
  },
  {
    id: 'no-value',
    pattern: /^(?:undefined|null|None|nil|NaN|true|false)$/,
    words: 'the signature is a word such as undefined or None: no digest was made',
    remedy: 'check the variable for the header',
  },
  {
    id: 'list-of-bytes',
    pattern: /^\{"type":"Buffer"|^\[?-?\d{1,3}(?:, ?-?\d{1,3}){15,}\]?$|^b['"].*\\x/,
    words: 'the signature is a list of bytes, not hexadecimal digits',
    remedy: "get the digest as text: .digest('hex'), .hexdigest(), Convert.ToHexString",
  },
];

/** Explains a value that isn't a digest, if it is known. A leaked secret is one such value. */
export function noDigest(
  { signatures }: LooseClaim,
  secrets: readonly Secret[],
): { finding: Finding; origin: string } | undefined {
  const [value = ''] = signatures;
  const bare = Buffer.from(value.replace(/^Bearer /i, ''), 'latin1');
  // A public key isn't secret.
  const sent = secrets.find(secret => secret.key.type !== 'public' && writtenSecret(secret).equals(bare));
  if (sent) return { origin: sent.origin, finding: { about: 'spelling', ...secretItself } };
  const shape = shapes.find(({ pattern }) => pattern.test(value.slice(0, 500)));
  if (!shape) return undefined;
  const { id, words, remedy } = shape;
  return { origin: secrets[0]?.origin ?? '', finding: { about: 'spelling', id, words, remedy } };
}

export const secretItself: Mistake = {
  id: 'secret-itself',
  words: 'the secret itself was sent instead of a signature',
  remedy: 'never send the secret: send the HMAC of the body, and rotate the secret, since others may have seen it',
};
