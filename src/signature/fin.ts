import { createHmac, timingSafeEqual } from 'node:crypto';
import { valuesOf, type Header } from '../http/header.js';
import { algorithmHeader, defaultAlgorithm, isAlgorithm, signatureHeader, type Algorithm } from './algorithms.js';
import type { Secret } from './secret.js';

export type SignatureReason =
  'signature-missing' | 'signature-malformed' | 'signature-mismatch' | 'signature-ambiguous' | 'algorithm-unsupported';

export type Verification =
  { valid: true; algorithm: Algorithm; secret: Secret } | { valid: false; reason: SignatureReason };

/** Bytes in one signature, by algorithm. */
const digestLengths: Record<Algorithm, number> = { sha256: 32, sha384: 48, sha512: 64 };

/** HMAC over the raw body, in lower-case hexadecimal. Nothing else is signed: no time and no id. */
export const sign = (body: Uint8Array, { key }: Secret, algorithm: Algorithm = defaultAlgorithm): string =>
  createHmac(algorithm, key).update(body).digest('hex');

export const signatureHeaders = (body: Uint8Array, secret: Secret, algorithm: Algorithm): Header[] => [
  [signatureHeader, sign(body, secret, algorithm)],
  [algorithmHeader, algorithm],
];

/** Any of `secrets` may fit, so that one can be rotated. `headers` are as received: in any case, with repetitions. */
export function verify(body: Uint8Array, headers: readonly Header[], secrets: readonly Secret[]): Verification {
  const [signatures, names] = [valuesOf(signatureHeader, headers), valuesOf(algorithmHeader, headers)];
  if (signatures.length > 1 || names.length > 1) return { valid: false, reason: 'signature-ambiguous' };
  const [signature = '', algorithm = defaultAlgorithm] = [signatures[0], names[0]];
  if (signature === '') return { valid: false, reason: 'signature-missing' };
  if (!isAlgorithm(algorithm)) return { valid: false, reason: 'algorithm-unsupported' };
  if (!isHexOf(digestLengths[algorithm], signature)) return { valid: false, reason: 'signature-malformed' };
  const offered = Buffer.from(signature);
  const secret = secrets.find(candidate => timingSafeEqual(Buffer.from(sign(body, candidate, algorithm)), offered));
  return secret ? { valid: true, algorithm, secret } : { valid: false, reason: 'signature-mismatch' };
}

// Both sides are compared as these digits; a length or a character that no signature has is told apart before.
const isHexOf = (bytes: number, text: string): boolean => text.length === bytes * 2 && /^[0-9a-f]+$/.test(text);
