import type { Header } from '../../http/header.js';
import type { LooseClaim } from '../claim.js';
import type { Scheme } from '../scheme.js';
import type { Mistake } from './hypothesis.js';
import { readingsIn, type Reading } from './signature.js';

/** A header longer than this holds other things than a few signatures. */
const longest = 512;

const mostHeaders = 8;

/**
 * Reads the signatures of a request that hasn't the header of its scheme, or an empty one: whatever in its other headers
 * has the length of one.
 */
export function readElsewhere(headers: readonly Header[], scheme: Scheme): Reading[] {
  const others = headers.filter(
    ([name, value]) => value.length <= longest && name.toLowerCase() !== scheme.signatureHeader && mayHold(name, value),
  );
  return others.slice(0, mostHeaders).flatMap(([name, value]) => {
    const readings = readingsIn(value, [inHeader(name, scheme)], { scheme, claim: { isInForm: true } });
    // Nobody cuts a signature and puts it elsewhere.
    return readings.filter(({ bytes }) => bytes !== undefined);
  });
}

const mayHold = (name: string, value: string): boolean =>
  /sign|hmac|hash|digest|auth|token|hub/i.test(name) && /[A-Za-z0-9+/_-]{20}/.test(value);

const inHeader = (name: string, { signatureHeader, form }: Scheme): Mistake => ({
  id: 'another-header',
  words: `the signature is in ${name.toLowerCase()}, not in ${signatureHeader}`,
  remedy: `send ${signatureHeader}: ${form.write('<signature>', { timestamp: '<timestamp>', isEd25519: false })}`,
});

/** What a request without a signature in its place says about it. */
export const claimElsewhere = (headers: readonly Header[], scheme: Scheme): LooseClaim => ({
  signatures: [],
  ed25519: [],
  isInForm: true,
  algorithm: undefined,
  ...scheme.claims.readValues(headers),
});
