import type { SecretEncoding } from '../../definition.js';
import type { Hypothesis } from '../hypothesis.js';
import { decoded, encoded, laxlyDecoded, utf8 } from './texts.js';

/** A secret whose text isn't its key: the text, and the key in it. */
export interface EncodedMaterial {
  /** The key. */
  bytes: Uint8Array;
  text: string;
}

const remedies: Readonly<Record<SecretEncoding, string>> = {
  text: '',
  base64: 'decode the secret from base64, and use the bytes as the key',
  hex: 'decode the secret from hexadecimal, and use the bytes as the key',
  whsec: 'remove the prefix whsec_, decode the rest from base64, and use the bytes as the key',
};

type Attempt = (material: { key: string; text: string; bare: string }) => readonly (string | undefined)[];

interface EncodedMistake {
  id: string;
  words: string;
  attempt: Attempt;
}

/** Texts are read as latin1, so that no byte changes. */
const mistakes: readonly EncodedMistake[] = [
  {
    id: 'secret-not-decoded',
    attempt: ({ text }) => [text],
    words: 'it was made with the text of the secret, which has to be decoded first',
  },
  {
    id: 'secret-without-prefix-not-decoded',
    attempt: ({ text, bare }) => (bare === text ? [] : [bare]),
    words: 'it was made with the text of the secret, without its prefix but not decoded',
  },
  {
    id: 'secret-with-prefix-not-decoded',
    attempt: ({ text, bare }) => (bare === text ? [`whsec_${text}`] : [`v1,${text}`]),
    words: 'it was made with a prefix before the text of the secret, without decoding it',
  },
  {
    id: 'secret-decoded-with-prefix',
    // Decoders that skip unknown characters, and those that accept _ as a digit.
    attempt: ({ text, bare }) => (bare === text ? [] : [text, text.replace('_', '')].map(laxlyDecoded)),
    words: 'it was made with the secret decoded from base64 together with its prefix',
  },
  {
    id: 'secret-decoded-to-text',
    attempt: ({ key }) => [utf8(key), utf8(Buffer.from(key, 'latin1').toString())],
    words: 'it was made with the decoded secret converted to text, which changed its bytes',
  },
  {
    id: 'secret-decoded-from-hex',
    attempt: ({ bare }) => [decoded(bare, 'hex')],
    words: 'it was made with the secret decoded from hexadecimal',
  },
  {
    id: 'secret-decoded-from-base64',
    attempt: ({ bare }) => [decoded(bare, 'base64')],
    words: 'it was made with the secret decoded from base64',
  },
  {
    id: 'secret-in-other-digits',
    attempt: ({ key, bare }) => [
      encoded(key, 'hex'),
      encoded(key, 'hex').toUpperCase(),
      encoded(key, 'base64'),
      encoded(key, 'base64').replace(/=+$/, ''),
      encoded(key, 'base64url'),
      bare.replaceAll('+', '-').replaceAll('/', '_'),
    ],
    words: 'it was made with the hexadecimal or base64 digits of the key, not with its bytes',
  },
  {
    id: 'secret-decoded-twice',
    attempt: ({ key }) => [decoded(key.trim(), 'base64'), decoded(key.trim(), 'hex')],
    words: 'it was made with the secret decoded twice',
  },
];

/** Candidates for a wrong key, made from a secret in this encoding. */
export const encodedSecretHypotheses = (encoding: SecretEncoding): readonly Hypothesis<EncodedMaterial>[] =>
  mistakes.map(({ id, words, attempt }) => ({
    id,
    words,
    remedy: remedies[encoding],
    attempt({ bytes, text }) {
      const bare = encoding === 'whsec' ? text.replace(/^wh(?:sec|sk|pk)_/, '') : text;
      const key = Buffer.from(bytes).toString('latin1');
      const used = attempt({ key, text, bare }).filter(each => each !== undefined && each !== '');
      return used.map(each => Buffer.from(each ?? '', 'latin1'));
    },
  }));
