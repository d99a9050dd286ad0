import type { Encoding } from '../definition.js';
import type { Scheme } from '../scheme.js';
import { algorithmOfLength } from './algorithm.js';
import type { Mistake } from './hypothesis.js';

/** A way to write a digest. */
export interface Spelling {
  id: string;
  /** Undefined if no scheme spells its signatures like this. */
  encoding?: Encoding;
  words: string;
  /** The pattern of a digest's digits in a longer text. */
  pattern: RegExp;
  read: (digits: string) => Buffer;
  /** For digits that can't be decoded: spells a digest the same way, to compare it with `digits`. */
  write?: (digest: Buffer, digits: string) => string;
}

const fromHex = (digits: string): Buffer => Buffer.from(digits, 'hex');

const hex: Spelling = {
  id: 'hex',
  encoding: 'hex',
  words: 'the signature is in hexadecimal',
  pattern: /(?<=^|[^0-9A-Za-z]|0[xX])(?:[0-9a-f]{2})+(?![0-9A-Za-z])/g,
  read: fromHex,
};

const base64: Spelling = {
  id: 'base64',
  encoding: 'base64',
  words: 'the signature is in base64',
  pattern: /[A-Za-z0-9+/]{21,}={0,2}/g,
  read: digits => Buffer.from(digits, 'base64'),
};

const base64url: Spelling = {
  id: 'base64url',
  encoding: 'base64url',
  words: 'the signature is in base64url',
  pattern: /[A-Za-z0-9_-]{21,}={0,2}/g,
  read: digits => Buffer.from(digits, 'base64url'),
};

/** None of these is a scheme's own. */
export const odd: readonly Spelling[] = [
  {
    id: 'upper-case',
    words: 'the signature is in upper case',
    pattern: /(?<=^|[^0-9A-Za-z]|0[xX])(?:[0-9A-Fa-f]{2})+(?![0-9A-Za-z])/g,
    read: fromHex,
  },
  {
    id: 'separated-bytes',
    words: 'the signature has separators between its bytes, as written by BitConverter.ToString in .NET',
    pattern: /[0-9A-Fa-f]{2}(?:[-: ][0-9A-Fa-f]{2}){15,63}/g,
    read: digits => fromHex(digits.replace(/[-: ]/g, '')),
  },
];

export const base64OfHex: Spelling = {
  id: 'base64-of-hex',
  words: 'the signature is base64 of its hexadecimal digits',
  pattern: /[A-Za-z0-9+/_-]{42,}={0,2}/g,
  read(digits) {
    const text = Buffer.from(digits, 'base64').toString('latin1').trim();
    return /^[0-9a-f]+$/i.test(text) ? fromHex(text) : Buffer.alloc(0);
  },
};

/** Incomplete digits don't identify a digest, so these are tried only for sha256. */
export const shortened: readonly Spelling[] = [
  {
    id: 'leading-zeros',
    words: 'the signature lacks the leading zeros of its bytes, or of the whole number',
    pattern: /(?<![0-9A-Za-z])[0-9A-Fa-f]{40,63}(?![0-9A-Za-z])/g,
    read: fromHex,
    write: (digest, digits) => {
      const number = digest.toString('hex').replace(/^0+/, '');
      return number.length === digits.length ? number : Array.from(digest, byte => byte.toString(16)).join('');
    },
  },
  {
    id: 'cut-short',
    words: 'the signature is cut short',
    pattern: /(?<![0-9A-Za-z])[0-9A-Fa-f]{24,63}(?![0-9A-Za-z])/g,
    read: fromHex,
    write: (digest, digits) => digest.toString('hex').slice(0, digits.length),
  },
];

/** A digest in a header's value, and the text around it. */
export interface Part {
  digits: string;
  before: string;
  after: string;
}

/**
 * Returns every digest that a value may hold. Hexadecimal comes first, although its digits alone may also be base64:
 * that is one sha384 in 10^38. Without any of `+/-_`, a text is in both kinds of base64, and is treated as the one that
 * the scheme uses.
 */
export function digestsIn(value: string, own: Encoding): (Part & { spelling: Spelling })[] {
  const text = value.slice(0, longest);
  const others = own === 'base64url' ? [base64url, base64] : [base64, base64url];
  for (const spelling of [hex, ...odd, base64OfHex, ...others]) {
    const found = partsOf(text, spelling).filter(({ digits }) => algorithmOfLength.has(spelling.read(digits).length));
    if (found.length > 0) return [...found.map(part => ({ ...part, spelling })), ...shortenedIn(text)];
  }
  return shortenedIn(text);
}

const shortenedIn = (text: string): (Part & { spelling: Spelling })[] =>
  shortened.flatMap(spelling => partsOf(text, spelling).map(part => ({ ...part, spelling })));

/** In characters: no header that holds a few signatures is longer. */
const longest = 2048;

/** The whole value may be a digest if the characters around the digits could be digits, too. */
const partsOf = (value: string, { pattern }: Spelling): Part[] =>
  Array.from(
    value.replace(algorithmPrefix, prefix => ' '.repeat(prefix.length)).matchAll(pattern),
    ({ 0: digits, index }) => ({
      digits,
      before: value.slice(0, index),
      after: value.slice(index + digits.length),
    }),
  );

/** Its letters and digits could pass for base64. */
const algorithmPrefix = /^\s*(?:hmac[-_]?)?(?:sha[-_]?(?:1|256|384|512)|md5|v\d)[=:,\s]/i;

/** Returns the mistake around a digest. */
export function surroundings(
  { before, after }: Omit<Part, 'digits'>,
  { signatureHeader, encoding }: Scheme,
): Mistake[] {
  if (before === '' && after === '') return [];
  const alone = encoding === 'hex' ? 'send only the hexadecimal digits' : 'send the signature without it';
  const found = around.find(({ fits }) => fits(before, after, signatureHeader));
  return found ? [{ id: found.id, words: found.words, remedy: found.remedy ?? alone }] : [];
}

interface Around extends Omit<Mistake, 'remedy'> {
  fits: (before: string, after: string, header: string) => boolean;
  /** Default: send only the digits. */
  remedy?: string;
}

/** The last one fits everything. */
export const around: readonly Around[] = [
  {
    id: 'blanks',
    fits: (before, after) => /^\s*$/.test(before + after),
    words: 'the signature has spaces around it',
  },
  {
    id: 'bytes-literal',
    fits: before => /^b['"]$/.test(before),
    words: "the signature is str() of Python's bytes: b'…'",
    remedy: 'use .decode(), not str(), or .hexdigest(), which returns text',
  },
  {
    id: 'quotes',
    fits: (before, after) => /^["'`]$/.test(before) && /^["'`]$/.test(after),
    words: 'the signature has quotes around it',
    remedy: 'send only the signature, not a JSON string',
  },
  {
    id: 'header-name',
    fits: (before, _, header) => before.toLowerCase().includes(header),
    words: 'the value of the signature header begins with the name of the header',
  },
  {
    id: 'stripe-form',
    fits: before => /^t=\d+,\s*v\d=$/.test(before),
    words: 'the signature has the format of another scheme, t=…,v1=…',
  },
  {
    id: 'prefix',
    fits: (_, after) => after === '',
    words: 'the signature has a prefix, such as sha256= or v1=',
  },
  {
    id: 'surroundings',
    fits: () => true,
    words: 'the signature has other text around it',
  },
];
