import type { LooseClaim } from '../claim.js';
import { writtenSecret, type Secret } from '../secret.js';
import type { Finding, Mistake } from './hypothesis.js';

/** What is in the header in place of a digest: its form alone shows it. */
export const shapes: readonly (Mistake & { pattern: RegExp })[] = [
  {
    id: 'promise',
    pattern: /^\[object Promise\]$/,
    words: 'the signature is [object Promise]: the function that makes it is asynchronous',
    remedy: 'wait for it: await sign(body)',
  },
  {
    id: 'object',
    pattern: /^\[object \w+\]$|^System\.Byte\[\]$|^\[B@[0-9a-f]+$|^<.*(?:hmac|HMAC|Digest).*>$|^#<.*>$/,
    words: 'the signature is the name of an object, not a digest',
    remedy: "ask for the digest as text: .digest('hex'), .hexdigest(), bin2hex, Convert.ToHexString",
  },
  {
    id: 'no-value',
    pattern: /^(?:undefined|null|None|nil|NaN|true|false)$/,
    words: 'the signature is a word such as undefined or None: no digest was made',
    remedy: 'check the variable that goes into the header',
  },
  {
    id: 'list-of-bytes',
    pattern: /^\{"type":"Buffer"|^\[?-?\d{1,3}(?:, ?-?\d{1,3}){15,}\]?$|^b['"].*\\x/,
    words: 'the signature is a list of bytes, not their digits',
    remedy: "ask for the digest as text: .digest('hex'), .hexdigest(), Convert.ToHexString",
  },
];

/** Returns what a value without a digest is, if that is known. A secret that was sent is one such value. */
export function noDigest(
  { signatures }: LooseClaim,
  secrets: readonly Secret[],
): { finding: Finding; origin: string } | undefined {
  const [value = ''] = signatures;
  const bare = Buffer.from(value.replace(/^Bearer /i, ''), 'latin1');
  // Anybody may see a public key.
  const sent = secrets.find(secret => secret.key.type !== 'public' && writtenSecret(secret).equals(bare));
  if (sent) return { origin: sent.origin, finding: { about: 'spelling', ...secretItself } };
  const shape = shapes.find(({ pattern }) => pattern.test(value.slice(0, 500)));
  if (!shape) return undefined;
  const { id, words, remedy } = shape;
  return { origin: secrets[0]?.origin ?? '', finding: { about: 'spelling', id, words, remedy } };
}

export const secretItself: Mistake = {
  id: 'secret-itself',
  words: 'the secret itself was sent in place of a signature',
  remedy: 'never send the secret: send the HMAC of the body, and replace the secret, since others may have seen it',
};
