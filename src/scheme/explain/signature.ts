import type { LooseClaim } from '../claim.js';
import type { Encoding } from '../definition.js';
import { isCanonical } from '../encoding.js';
import type { Scheme } from '../scheme.js';
import { algorithmOfLength, type TriedAlgorithm } from './algorithm.js';
import type { Finding, Mistake } from './hypothesis.js';

/** A signature, however it is spelt. */
export interface Reading {
  digest: Uint8Array;
  algorithm: TriedAlgorithm;
  /** What is wrong with its spelling. */
  findings: readonly Finding[];
}

/** Reads the signatures of a request in any of the common spellings, and leaves out what can't be a digest. */
export function readSignatures({ signatures, isInForm }: LooseClaim, scheme: Scheme): Reading[] {
  const formMistakes = isInForm ? [] : [notInForm(scheme)];
  return signatures.flatMap(text => {
    const bare = text.replace(usualPrefix, '');
    const spelling = spellingOf(bare, scheme.encoding);
    if (!spelling) return [];
    const digest = Buffer.from(bare, spelling.encoding);
    const algorithm = algorithmOfLength.get(digest.length);
    if (!algorithm) return [];
    const prefixMistakes = isInForm && bare !== text ? [prefixed(scheme)] : [];
    const mistakes = [...formMistakes, ...prefixMistakes, ...spellingMistakes(bare, spelling, scheme)];
    return [{ digest, algorithm, findings: mistakes.map(mistake => ({ about: 'spelling' as const, ...mistake })) }];
  });
}

const usualPrefix = /^(?:sha(?:1|256|384|512)=|md5=|v1[=,])/i;

const notInForm = ({ signatureHeader, form }: Scheme): Mistake => ({
  id: 'form',
  words: `${signatureHeader} isn't in the form of its scheme`,
  remedy: `send ${signatureHeader}: ${form.write('<signature>', '<timestamp>')}`,
});

const prefixed = ({ encoding }: Scheme): Mistake => ({
  id: 'prefix',
  words: 'the signature has a prefix, such as sha256= or v1=',
  remedy: encoding === 'hex' ? 'send the hexadecimal digits alone' : 'send the signature without it',
});

interface Spelling {
  id: string;
  pattern: RegExp;
  encoding: Encoding;
  words: string;
}

const hexadecimal: readonly Spelling[] = [
  { id: 'hex', pattern: /^(?:[0-9a-f]{2})+$/, encoding: 'hex', words: 'the signature is in hexadecimal' },
  { id: 'upper-case', pattern: /^(?:[0-9a-f]{2})+$/i, encoding: 'hex', words: 'the signature is in upper case' },
];

const base64: Spelling = {
  id: 'base64',
  pattern: /^[A-Za-z0-9+/]+={0,2}$/,
  encoding: 'base64',
  words: 'the signature is in base64',
};

const base64url: Spelling = {
  id: 'base64url',
  pattern: /^[A-Za-z0-9_-]+={0,2}$/,
  encoding: 'base64url',
  words: 'the signature is in base64url',
};

/**
 * Hexadecimal first, although its digits alone may also be base64: that is one sha384 in 10^38. Without any of `+/-_`, a
 * text is in both kinds of base64, and is taken for the one that the scheme uses.
 */
function spellingOf(text: string, own: Encoding): Spelling | undefined {
  const others = own === 'base64url' ? [base64url, base64] : [base64, base64url];
  return [...hexadecimal, ...others].find(({ pattern }) => pattern.test(text));
}

const remedies: Readonly<Record<Encoding, string>> = {
  hex: 'spell the signature in lower-case hexadecimal',
  base64: 'spell the signature in base64, with its padding',
  base64url: 'spell the signature in base64url, without padding',
};

function spellingMistakes(text: string, { id, encoding, words }: Spelling, scheme: Scheme): Mistake[] {
  const remedy = remedies[scheme.encoding];
  if (encoding !== scheme.encoding || id === 'upper-case') return [{ id, words, remedy }];
  return isCanonical(text, encoding) ? [] : [{ id: 'padding', words: "the signature's padding is wrong", remedy }];
}
