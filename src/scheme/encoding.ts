import type { Algorithm, Encoding } from './definition.js';

/** The length of a digest or a signature, in bytes. */
const digestLengths: Readonly<Record<Algorithm, number>> = {
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  ed25519: 64,
};

const alphabets: Readonly<Record<Encoding, RegExp>> = {
  hex: /^[0-9a-f]+$/,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+$/,
};

/**
 * Returns whether a text is the canonical `encoding` of a digest of `algorithm`: only then do equal digests have
 * equal texts. Node's own decoders silently stop at the first unknown character.
 */
export function isDigest(text: string, encoding: Encoding, algorithm: Algorithm): boolean {
  const length = digestLengths[algorithm];
  if (encoding === 'hex') return text.length === length * 2 && alphabets.hex.test(text);
  // Skips decoding of texts that are too long: base64 is shorter than hex.
  if (text.length > length * 2 || !alphabets[encoding].test(text)) return false;
  return Buffer.byteLength(text, encoding) === length && isCanonical(text, encoding);
}

/** Returns whether a text survives decoding and re-encoding: base64 may have several texts for the same bytes. */
export const isCanonical = (text: string, encoding: Encoding): boolean =>
  Buffer.from(text, encoding).toString(encoding) === text;
