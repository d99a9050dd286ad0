import type { LooseClaim } from '../claim.js';
import type { Scheme } from '../scheme.js';
import type { Secret } from '../secret.js';
import type { Finding } from './hypothesis.js';
import { isForHmac } from './secret/keys.js';

/** Reports that no secret fits the kind of a request's signatures, judging only by their form. */
export function otherKind(
  { signatures, ed25519, isInForm }: LooseClaim,
  secrets: readonly Secret[],
  { definition: { signature }, secrets: form }: Scheme,
): { finding: Finding; origin: string } | undefined {
  const [first] = secrets;
  if (!first || !isInForm || form.ed25519 !== 'beside-hmac') return undefined;
  const { key = '', ed25519: key25519 = '' } = signature;
  const findings: Readonly<Record<'onlyEd25519' | 'onlyHmac', Finding>> = {
    onlyEd25519: {
      about: 'algorithm',
      id: 'only-ed25519',
      words: `it has only ed25519 signatures (${key25519}), but the secret is for HMAC`,
      remedy: "configure the sender's public key",
    },
    onlyHmac: {
      about: 'algorithm',
      id: 'only-hmac',
      words: `it has only HMAC signatures (${key}), but the key is for ed25519`,
      remedy: 'configure the HMAC secret that both sides share',
    },
  };
  if (signatures.length === 0 && secrets.every(isForHmac))
    return { finding: findings.onlyEd25519, origin: first.origin };
  if (ed25519.length === 0 && !secrets.some(isForHmac)) return { finding: findings.onlyHmac, origin: first.origin };
  return undefined;
}
