import type { Hypothesis } from './hypothesis.js';

export interface SecretMaterial {
  bytes: Uint8Array;
}

const asItIs = 'use the secret as the text that it is, neither decoded nor cut';
const noNewline = "cut the newline off where the secret is read, or write it with printf '%s'";

/** The likeliest first. */
export const secretHypotheses: readonly Hypothesis<SecretMaterial>[] = [
  {
    id: 'secret-with-final-lf',
    attempt: ({ bytes }) => Buffer.concat([bytes, Buffer.from('\n')]),
    words: 'it was made with a newline (LF) at the end of the secret',
    remedy: noNewline,
  },
  {
    id: 'secret-with-final-crlf',
    attempt: ({ bytes }) => Buffer.concat([bytes, Buffer.from('\r\n')]),
    words: 'it was made with a newline (CRLF) at the end of the secret',
    remedy: noNewline,
  },
  {
    id: 'secret-trimmed',
    attempt: changed(text => text.replace(/^[ \t\v\f\r\n]+|[ \t\v\f\r\n]+$/g, '')),
    words: 'it was made without the blanks around the secret',
    remedy: 'remove the blanks before and after the secret where it is kept',
  },
  {
    id: 'secret-base64-decoded',
    attempt: changed(text => decoded(text, 'base64')),
    words: 'it was made with the secret decoded from base64',
    remedy: asItIs,
  },
  {
    id: 'secret-base64url-decoded',
    attempt: changed(text => decoded(text, 'base64url')),
    words: 'it was made with the secret decoded from base64url',
    remedy: asItIs,
  },
  {
    id: 'secret-hex-decoded',
    attempt: changed(text => decoded(text, 'hex')),
    words: 'it was made with the secret decoded from hexadecimal',
    remedy: asItIs,
  },
  {
    id: 'secret-without-whsec',
    attempt: changed(text => withoutPrefix(text)),
    words: 'it was made with the secret without its prefix whsec_',
    remedy: asItIs,
  },
  {
    id: 'secret-without-whsec-base64-decoded',
    attempt: changed(text => decoded(withoutPrefix(text) ?? '', 'base64')),
    words: 'it was made with the secret without its prefix whsec_, decoded from base64',
    remedy: asItIs,
  },
];

const spellings = {
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+={0,2}$/,
  hex: /^(?:[0-9A-Fa-f]{2})+$/,
};

/** In latin1, so that no byte changes. */
const decoded = (text: string, spelling: keyof typeof spellings): string | undefined =>
  spellings[spelling].test(text) ? Buffer.from(text, spelling).toString('latin1') : undefined;

const withoutPrefix = (text: string): string | undefined =>
  text.startsWith('whsec_') ? text.slice('whsec_'.length) : undefined;

/** Never returns an empty secret, which nobody has signed with. */
function changed(change: (text: string) => string | undefined): Hypothesis<SecretMaterial>['attempt'] {
  return ({ bytes }) => {
    const text = change(Buffer.from(bytes).toString('latin1')) ?? '';
    return text === '' ? undefined : Buffer.from(text, 'latin1');
  };
}
