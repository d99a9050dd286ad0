import type { Header } from '../../http/header.js';
import type { LooseClaim } from '../claim.js';
import type { Scheme } from '../scheme.js';
import type { Mistake } from './hypothesis.js';
import { readingsIn, type Reading } from './signature.js';

/** A longer header holds something other than a few signatures. */
const longest = 512;

const mostHeaders = 8;

/** The signatures in headers other than the scheme's, and the rest of the request's claim. */
export interface Elsewhere {
  claim: LooseClaim;
  readings: readonly Reading[];
}

/**
 * Reads the signatures of a request whose signature header is missing or empty: any text in its other headers
 * that has the length of a signature.
 */
export function readElsewhere(headers: readonly Header[], scheme: Scheme): Elsewhere {
  const places = headers.filter(
    ([name, value]) => value.length <= longest && name.toLowerCase() !== scheme.signatureHeader && mayHold(name, value),
  );
  const found = places.slice(0, mostHeaders).map(([name, value]) => readHeader(name, value, scheme));
  const listed = found.map(({ timestamp }) => timestamp).find(timestamp => timestamp !== '');
  return {
    readings: found.flatMap(({ readings }) => readings),
    claim: {
      signatures: [],
      ed25519: [],
      isInForm: true,
      algorithm: undefined,
      ...scheme.claims.readValues(headers),
      ...(listed !== undefined && { timestamp: listed }),
    },
  };
}

function readHeader(name: string, value: string, scheme: Scheme): { readings: Reading[]; timestamp: string } {
  const { signatures, timestamp } = scheme.form.read(value);
  const texts = signatures.length > 0 ? signatures : [value];
  const readings = texts.flatMap(text => readingsIn(text, [inHeader(name, scheme)], { scheme, place: 'elsewhere' }));
  // A signature that is both cut and misplaced is too unlikely.
  return { readings: readings.filter(({ bytes }) => bytes !== undefined), timestamp };
}

const mayHold = (name: string, value: string): boolean =>
  /sign|hmac|hash|digest|auth|token|hub/i.test(name) && /[A-Za-z0-9+/_-]{20}/.test(value);

const inHeader = (name: string, { signatureHeader, form }: Scheme): Mistake => ({
  id: 'another-header',
  words: `the signature is in ${name.toLowerCase()}, not in ${signatureHeader}`,
  remedy: `send ${signatureHeader}: ${form.write('<signature>', { timestamp: '<timestamp>', isEd25519: false })}`,
});
