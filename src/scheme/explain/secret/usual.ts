import type { Hypothesis } from '../hypothesis.js';
import { blanks, changed, decoded, type SecretMaterial } from './texts.js';
import { asItIs, noNewline, noBlanks, withWhsec } from './remedies.js';

const noQuotes = 'write the secret without quotes: Docker, systemd and many .env readers keep them';

/** The most likely wrong keys, made from the configured secret. Either side can be wrong. */
export const usualSecretHypotheses: readonly Hypothesis<SecretMaterial>[] = [
  {
    id: 'secret-with-final-lf',
    attempt: changed(text => [`${text}\n`]),
    words: 'it was made with a newline (LF) at the end of the secret',
    remedy: noNewline,
  },
  {
    id: 'secret-with-final-crlf',
    attempt: changed(text => [`${text}\r\n`, `${text}\r`]),
    words: 'it was made with a newline (CRLF) at the end of the secret',
    remedy: noNewline,
  },
  {
    id: 'secret-trimmed',
    attempt: changed(text => [text.replace(blanks, ''), text.replace(/[ \t\v\f\r\n]+$/, '')]),
    words: 'it was made without the spaces or line breaks around the secret',
    remedy: noBlanks,
  },
  {
    id: 'secret-without-quotes',
    attempt: changed(text => [
      /^(["'`])(.+)\1$/s.exec(text)?.[2],
      /^["'](.+)$/s.exec(text)?.[1],
      /^(.+)["']$/s.exec(text)?.[1],
    ]),
    words: 'it was made without the quotes around the secret',
    remedy: noQuotes,
  },
  {
    id: 'secret-in-quotes',
    attempt: changed(text => ['"', "'"].map(quote => quote + text + quote)),
    words: 'it was made with quotes around the secret',
    remedy: noQuotes,
  },
  {
    id: 'secret-base64-decoded',
    attempt: changed(text => [decoded(text, 'base64')]),
    words: 'it was made with the secret decoded from base64',
    remedy: asItIs,
  },
  {
    id: 'secret-base64url-decoded',
    attempt: changed(text => [decoded(text, 'base64url')]),
    words: 'it was made with the secret decoded from base64url',
    remedy: asItIs,
  },
  {
    id: 'secret-hex-decoded',
    attempt: changed(text => [decoded(text, 'hex')]),
    words: 'it was made with the secret decoded from hexadecimal',
    remedy: asItIs,
  },
  {
    id: 'secret-without-whsec',
    attempt: changed(text => [/^(?:v1,)?whsec_(.+)$/s.exec(text)?.[1], /^v1,(whsec_.+)$/s.exec(text)?.[1]]),
    words: 'it was made with the secret without its prefix whsec_',
    remedy: withWhsec,
  },
  {
    id: 'secret-without-whsec-base64-decoded',
    attempt: changed(text => [decoded(/^(?:v1,)?whsec_(.+)$/s.exec(text)?.[1] ?? '', 'base64')]),
    words: 'it was made with the secret without its prefix whsec_, decoded from base64',
    remedy: withWhsec,
  },
  {
    id: 'secret-with-whsec',
    attempt: changed(text => [`whsec_${text}`, `v1,${text}`, `v1,whsec_${text}`]),
    words: 'it was made with the prefix whsec_ before the secret',
    remedy: 'copy the secret with its prefix, exactly as shown, to both sides',
  },
];
