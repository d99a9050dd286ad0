import { timingSafeEqual } from 'node:crypto';
import type { LooseClaim } from '../claim.js';
import type { Encoding } from '../definition.js';
import { isCanonical } from '../encoding.js';
import type { Scheme } from '../scheme.js';
import { algorithmOfLength, type TriedAlgorithm } from './algorithm.js';
import type { Finding, Mistake } from './hypothesis.js';
import { digestsIn, surroundings, type Spelling } from './spelling.js';

/** A signature in any spelling. */
export interface Reading {
  algorithm: TriedAlgorithm;
  /** Whether a digest is the one written here. */
  matches: (digest: Buffer) => boolean;
  /** The digest; undefined if part of it is lost. */
  bytes: Buffer | undefined;
  /** The mistakes in its spelling. */
  findings: readonly Finding[];
}

/** The kind of a signature. */
export type Kind = 'hmac' | 'ed25519';

/** Reads the signatures of a request in any common spelling, and leaves out anything that can't be one. */
export function readSignatures(claim: LooseClaim, scheme: Scheme, kind: Kind = 'hmac'): Reading[] {
  const { ed25519 } = scheme.secrets;
  // Without keys of two kinds, signatures have one place.
  const isMain = kind === 'hmac' || ed25519 === 'always';
  const [own, foreign] = isMain ? [claim.signatures, claim.ed25519] : [claim.ed25519, claim.signatures];
  const read = (text: string, mistakes: readonly Mistake[]) =>
    readingsIn(text, mistakes, { scheme, place: claim.isInForm ? 'in form' : 'not in form' });
  const outside = claim.isInForm ? [otherKey(scheme, kind)] : [];
  return [...own.flatMap(text => read(text, [])), ...foreign.flatMap(text => read(text, outside))].filter(
    ({ bytes }) => kind === 'hmac' || bytes?.length === 64,
  );
}

interface Read {
  scheme: Scheme;
  /** `elsewhere`: not in the scheme's header. */
  place: 'in form' | 'not in form' | 'elsewhere';
}

/** Returns the digests that a text may spell. `mistakes`: those of its place. */
export function readingsIn(text: string, mistakes: readonly Mistake[], { scheme, place }: Read): Reading[] {
  const found = digestsIn(text, scheme.encoding);
  const places = new Set(found.map(({ before }) => before.length));
  const list = places.size > 1 && place === 'in form' ? [listed(scheme)] : [];
  return found.flatMap(({ spelling, ...part }) => {
    const form = place === 'not in form' ? [notInForm(part, scheme)] : [];
    const around = place === 'in form' && list.length === 0 ? surroundings(part, scheme) : [];
    const all = [...mistakes, ...form, ...list, ...around, ...spellingMistakes(part.digits, spelling, scheme)];
    const findings = all.map((mistake): Finding => ({ about: 'spelling', ...mistake }));
    return readingsOf(part.digits, spelling).map(reading => ({ ...reading, findings }));
  });
}

const formOf = ({ signatureHeader, form }: Scheme, isEd25519 = false): string =>
  `${signatureHeader}: ${form.write('<signature>', { timestamp: '<timestamp>', isEd25519 })}`;

/** A list whose only mistake is its entries' keys. */
function notInForm({ before }: { before: string }, scheme: Scheme): Mistake {
  const { signatureHeader, definition } = scheme;
  const { list, pair = '', key = '' } = definition.signature;
  const remedy = `send ${formOf(scheme)}`;
  const entry = list === undefined ? '' : (before.split(list).at(-1) ?? '').trim();
  return /^[\w-]{1,12}$/.test(entry.slice(0, -pair.length)) && entry.endsWith(pair)
    ? { id: 'version', words: `the signature's entry doesn't have the key ${key}`, remedy }
    : { id: 'form', words: `${signatureHeader} doesn't have the format of its scheme`, remedy };
}

const otherKey = (scheme: Scheme, kind: Kind): Mistake => ({
  id: 'version',
  words: `the signature is ${kind === 'hmac' ? 'HMAC' : kind}, but its entry has the key of another kind`,
  remedy: `send ${formOf(scheme, kind === 'ed25519')}`,
});

function listed({ signatureHeader, definition: { signature } }: Scheme): Mistake {
  const { list } = signature;
  if (list === undefined)
    return {
      id: 'list',
      words: `${signatureHeader} holds several signatures`,
      remedy: 'send one signature, made with one secret',
    };
  return {
    id: 'list',
    words: `the entries of ${signatureHeader} have the wrong separator`,
    remedy: `separate them with ${list === ' ' ? 'one space' : `"${list}"`}`,
  };
}

/** Signatures that lack zeros can't be decoded, so they are compared as spelt. */
function readingsOf(digits: string, { read, write }: Spelling): Omit<Reading, 'findings'>[] {
  if (write !== undefined) {
    const sought = Buffer.from(digits.toLowerCase());
    return [
      {
        algorithm: 'sha256',
        bytes: undefined,
        matches: digest => areEqual(Buffer.from(write(digest, digits)), sought),
      },
    ];
  }
  const sought = read(digits);
  const algorithm = algorithmOfLength.get(sought.length);
  return algorithm ? [{ algorithm, bytes: sought, matches: digest => areEqual(digest, sought) }] : [];
}

const areEqual = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const remedies: Readonly<Record<Encoding, string>> = {
  hex: 'write the signature in lower-case hexadecimal',
  base64: 'write the signature in base64, with its padding',
  base64url: 'write the signature in base64url, without padding',
};

function spellingMistakes(digits: string, { id, encoding, words }: Spelling, scheme: Scheme): Mistake[] {
  const remedy = remedies[scheme.encoding];
  if (encoding !== scheme.encoding) return [{ id, words, remedy }];
  return isCanonical(digits, encoding) ? [] : [{ id: 'padding', words: "the signature's padding is wrong", remedy }];
}
