import type { Finding, Mistake } from './hypothesis.js';

/** A signature, however it is spelt. */
export interface Reading {
  digest: Uint8Array;
  findings: readonly Finding[];
}

/** Undefined for what is no bytes in any of the usual spellings. */
export function readSignature(text: string): Reading | undefined {
  const bare = text.replace(prefix.pattern, '');
  const spelling = spellings.find(({ pattern }) => pattern.test(bare));
  if (!spelling) return undefined;
  const mistakes = [...(bare === text ? [] : [prefix.mistake]), ...(spelling.mistake ? [spelling.mistake] : [])];
  return {
    digest: Buffer.from(bare, spelling.encoding),
    findings: mistakes.map(mistake => ({ about: 'spelling', ...mistake })),
  };
}

const lowerCaseHex = 'spell the signature in lower-case hexadecimal';

const prefix = {
  pattern: /^(?:sha(?:1|256|384|512)=|md5=|v1[=,])/i,
  mistake: {
    id: 'prefix',
    words: 'the signature has a prefix, such as sha256= or v1=',
    remedy: 'send the hexadecimal digits alone',
  },
};

/** The first that fits counts. Digits alone may be base64, too: of one sha384 in 10^38. */
const spellings: readonly { pattern: RegExp; encoding: 'hex' | 'base64' | 'base64url'; mistake?: Mistake }[] = [
  { pattern: /^(?:[0-9a-f]{2})+$/, encoding: 'hex' },
  {
    pattern: /^(?:[0-9a-f]{2})+$/i,
    encoding: 'hex',
    mistake: { id: 'upper-case', words: 'the signature is in upper case', remedy: lowerCaseHex },
  },
  {
    pattern: /^[A-Za-z0-9+/]+={0,2}$/,
    encoding: 'base64',
    mistake: { id: 'base64', words: 'the signature is in base64', remedy: lowerCaseHex },
  },
  {
    pattern: /^[A-Za-z0-9_-]+={0,2}$/,
    encoding: 'base64url',
    mistake: { id: 'base64url', words: 'the signature is in base64url', remedy: lowerCaseHex },
  },
];
