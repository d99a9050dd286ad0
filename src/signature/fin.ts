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
  digest(body, key, algorithm).toString('hex');

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
  const offered = Buffer.from(signature, 'hex');
  const secret = secrets.find(({ key }) => timingSafeEqual(digest(body, key, algorithm), offered));
  return secret ? { valid: true, algorithm, secret } : { valid: false, reason: 'signature-mismatch' };
}

const digest = (body: Uint8Array, key: Secret['key'], algorithm: Algorithm): Buffer =>
  createHmac(algorithm, key).update(body).digest();

// Buffer.from(text, 'hex') stops silently at the first character that isn't a digit, so the text is judged first.
const isHexOf = (bytes: number, text: string): boolean => text.length === bytes * 2 && /^[0-9a-f]+$/.test(text);
