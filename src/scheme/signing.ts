import { UsageError } from '../errors.js';
import type { Algorithm, HashName } from './definition.js';
import { publicKeyOnly, type Scheme } from './scheme.js';
import type { Secret } from './secret.js';

/** How a secret signs. */
export interface SecretSigning {
  secret: Secret;
  algorithm: Algorithm;
}

/**
 * Returns how a secret signs: HMAC with the requested hash function (default: the scheme's first), or ed25519.
 * Throws UsageError for a hash function that the scheme doesn't allow, and for a public key.
 */
export function signingWith(secret: Secret, algorithm: HashName | undefined, scheme: Scheme): SecretSigning {
  if (secret.key.type === 'public') throw publicKeyOnly(secret.origin);
  if (secret.key.type === 'private') return { secret, algorithm: 'ed25519' };
  const known = scheme.algorithms.filter(name => name !== 'ed25519');
  const [first] = known;
  if (algorithm === undefined && first !== undefined) return { secret, algorithm: first };
  if (algorithm !== undefined && known.includes(algorithm)) return { secret, algorithm };
  throw new UsageError(`${scheme.name} doesn't sign with ${algorithm ?? 'HMAC'}`, {
    hint: `it signs with ${known.join(' or ')}`,
  });
}
