import type { Algorithm, Encoding } from './definition.js';

/** Bytes in one digest. */
const digestLengths: Readonly<Record<Algorithm, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

const alphabets: Readonly<Record<Encoding, RegExp>> = {
  hex: /^[0-9a-f]+$/,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+$/,
};

/**
 * Returns whether a text is exactly how the encoding writes a digest of `algorithm`: only then do equal digests have equal
 * texts. Node's own decoders stop silently at the first character that they don't know.
 */
export function isDigest(text: string, encoding: Encoding, algorithm: Algorithm): boolean {
  const length = digestLengths[algorithm];
  if (encoding === 'hex') return text.length === length * 2 && alphabets.hex.test(text);
  if (text.length > length * 2 || !alphabets[encoding].test(text)) return false;
  const bytes = Buffer.from(text, encoding);
  // The last character of base64 has several spellings.
  return bytes.length === length && bytes.toString(encoding) === text;
}
