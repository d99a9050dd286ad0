import { timingSafeEqual } from 'node:crypto';
import type { LooseClaim } from '../claim.js';
import type { Encoding } from '../definition.js';
import { isCanonical } from '../encoding.js';
import type { Scheme } from '../scheme.js';
import { algorithmOfLength, type TriedAlgorithm } from './algorithm.js';
import type { Finding, Mistake } from './hypothesis.js';
import { digestsIn, surroundings, type Spelling } from './spelling.js';

/** A signature, however it is spelt. */
export interface Reading {
  algorithm: TriedAlgorithm;
  /** Whether a digest is the one that was spelt. */
  matches: (digest: Buffer) => boolean;
  /** What is wrong with its spelling. */
  findings: readonly Finding[];
}

/** Reads the signatures of a request in any of the common spellings, and leaves out what can't be a digest. */
export function readSignatures({ signatures, isInForm }: LooseClaim, scheme: Scheme): Reading[] {
  const formMistakes = isInForm ? [] : [notInForm(scheme)];
  return signatures.flatMap(text => {
    const found = digestsIn(text, scheme.encoding);
    const places = new Set(found.map(({ before }) => before.length));
    const list = places.size > 1 && isInForm ? [listed(scheme)] : [];
    return found.flatMap(({ spelling, ...part }) => {
      const around = isInForm && list.length === 0 ? surroundings(part, scheme) : [];
      const mistakes = [...formMistakes, ...list, ...around, ...spellingMistakes(part.digits, spelling, scheme)];
      const findings = mistakes.map((mistake): Finding => ({ about: 'spelling', ...mistake }));
      return readingsOf(part.digits, spelling).map(reading => ({ ...reading, findings }));
    });
  });
}

const notInForm = ({ signatureHeader, form }: Scheme): Mistake => ({
  id: 'form',
  words: `${signatureHeader} isn't in the form of its scheme`,
  remedy: `send ${signatureHeader}: ${form.write('<signature>', { timestamp: '<timestamp>', isEd25519: false })}`,
});

const listed = ({ signatureHeader }: Scheme): Mistake => ({
  id: 'list',
  words: `${signatureHeader} holds several signatures`,
  remedy: 'send one signature, made with one secret',
});

/** Signatures whose zeros are lost can't be decoded: they are compared in their own spelling. */
function readingsOf(digits: string, { read, write }: Spelling): Omit<Reading, 'findings'>[] {
  if (write !== undefined) {
    const sought = Buffer.from(digits.toLowerCase());
    return [{ algorithm: 'sha256', matches: digest => areEqual(Buffer.from(write(digest, digits)), sought) }];
  }
  const sought = read(digits);
  const algorithm = algorithmOfLength.get(sought.length);
  return algorithm ? [{ algorithm, matches: digest => areEqual(digest, sought) }] : [];
}

const areEqual = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const remedies: Readonly<Record<Encoding, string>> = {
  hex: 'spell the signature in lower-case hexadecimal',
  base64: 'spell the signature in base64, with its padding',
  base64url: 'spell the signature in base64url, without padding',
};

function spellingMistakes(digits: string, { id, encoding, words }: Spelling, scheme: Scheme): Mistake[] {
  const remedy = remedies[scheme.encoding];
  if (encoding !== scheme.encoding) return [{ id, words, remedy }];
  return isCanonical(digits, encoding) ? [] : [{ id: 'padding', words: "the signature's padding is wrong", remedy }];
}
