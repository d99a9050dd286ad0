import type { Hypothesis } from '../hypothesis.js';
import {
  changed,
  utf8,
  unicode,
  isHex,
  decoded,
  encoded,
  inUtf16,
  laxlyDecoded,
  decodedUrl,
  valuesIn,
  variableNames,
  type SecretMaterial,
} from './texts.js';
import { asItIs, noNewline, noBlanks, withWhsec } from './remedies.js';
import { usualSecretHypotheses } from './usual.js';

const encodedOnce =
  'use the secret unchanged: Kubernetes decodes data once, so write it in stringData, or encode it without a newline (printf, base64 -w0)';
const asText = 'save and read the secret as UTF-8 text without a byte order mark';

/** Every candidate for the key. */
export const secretHypotheses: readonly Hypothesis<SecretMaterial>[] = [
  ...usualSecretHypotheses,
  {
    id: 'secret-decoded-with-whsec',
    // Decoders that skip unknown characters, and those that accept _ as a digit.
    attempt: changed(text => (text.startsWith('whsec_') ? [text, text.replace('_', '')].map(laxlyDecoded) : [])),
    words: 'it was made with the secret decoded from base64 together with its prefix whsec_',
    remedy: withWhsec,
  },
  {
    id: 'secret-with-blanks',
    attempt: changed(text =>
      [' ', '\t', '\u00a0', '\u200b', '\u2060'].flatMap(blank => [text + utf8(blank), utf8(blank) + text]),
    ),
    words: 'it was made with a space or an invisible character before or after the secret',
    remedy: noBlanks,
  },
  {
    id: 'secret-without-invisible',
    attempt: changed(text =>
      [unicode(text).replace(/^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/gu, '')].map(utf8),
    ),
    words: 'it was made without an invisible character that the secret begins or ends with',
    remedy: noBlanks,
  },
  {
    id: 'secret-without-name',
    attempt: changed(text => {
      const value = /^(?:export\s+)?\w+\s*[=:]\s*(.+)$/s.exec(text.trim())?.[1];
      return [value, value && /^(["'])(.+)\1$/s.exec(value)?.[2]];
    }),
    words: 'it was made with what follows NAME= in the secret: the secret is a whole line of a .env file',
    remedy: 'keep only the value in the file of the secret, or read that file as a dotenv file',
  },
  {
    id: 'secret-with-name',
    attempt: changed(text =>
      variableNames.flatMap(name => [`${name}=${text}`, `export ${name}=${text}`, `${name}="${text}"`]),
    ),
    words: 'it was made with a whole line NAME=secret of a .env file',
    remedy: 'strip the name when reading the secret',
  },
  {
    id: 'secret-base64-decoded-trimmed',
    attempt: changed(text => [decoded(text.replace(/\s/g, ''), 'base64')?.replace(/[\r\n]+$/, '')]),
    words: 'it was made with the secret decoded from base64, without the newline in it',
    remedy: encodedOnce,
  },
  {
    id: 'secret-in-base64',
    attempt: changed(text => [encoded(text, 'base64'), encoded(text, 'base64url')]),
    words: 'it was made with the secret in base64',
    remedy: encodedOnce,
  },
  {
    id: 'secret-in-base64-with-newline',
    attempt: changed(text => [
      encoded(`${text}\n`, 'base64'),
      `${encoded(text, 'base64')}\n`,
      `${encoded(`${text}\n`, 'base64')}\n`,
    ]),
    words: 'it was made with the secret in base64, with a newline inside or after it',
    remedy: encodedOnce,
  },
  {
    id: 'secret-in-hex',
    attempt: changed(text => [encoded(text, 'hex'), encoded(text, 'hex').toUpperCase()]),
    words: 'it was made with the secret in hexadecimal',
    remedy: asItIs,
  },
  {
    id: 'secret-in-upper-case',
    attempt: changed(text => (isHex(text) ? [text.toUpperCase()] : [])),
    words: 'it was made with the hexadecimal secret in upper case',
    remedy: asItIs,
  },
  {
    id: 'secret-in-lower-case',
    attempt: changed(text => (isHex(text) ? [text.toLowerCase()] : [])),
    words: 'it was made with the hexadecimal secret in lower case',
    remedy: asItIs,
  },
  {
    id: 'secret-cut-at-comment',
    attempt: changed(text => [
      /^([^#]+)#/s.exec(text)?.[1],
      /^([^#]+?)\s+#/s.exec(text)?.[1],
      /^([^#]+?)\s*#/s.exec(text)?.[1],
    ]),
    words: 'it was made with the secret cut at its #',
    remedy: 'put quotes around the secret in .env: a # begins a comment there',
  },
  {
    id: 'secret-cut',
    attempt: changed(text => [
      /^(.+?)[$&;]/s.exec(text)?.[1],
      /^(.+?)\s/s.exec(text)?.[1],
      text.replace(/\$\w+/g, ''),
      text.replace(/\\/g, ''),
    ]),
    words: 'it was made with the secret cut or changed by a shell',
    remedy: 'put single quotes around the secret in shells and .env files: $, &, ;, \\ and spaces are special there',
  },
  {
    id: 'secret-with-escapes',
    attempt: changed(text => [text.replace(/\\r/g, '\r').replace(/\\n/g, '\n'), text.replace(/(?:\\r)?\\n$/, '')]),
    words: 'the secret has a literal \\n, but it was made with a real newline or nothing instead',
    remedy: asItIs,
  },
  {
    id: 'secret-with-literal-newline',
    attempt: changed(text => [`${text}\\n`, text.replace(/\n/g, '\\n'), text.replace(/\r?\n/g, '')]),
    words: 'it was made with a literal \\n after the secret, or without its newlines',
    remedy: noNewline,
  },
  {
    id: 'secret-with-mark',
    attempt: changed(text => [`\u00ef\u00bb\u00bf${text}`]),
    words: 'it was made with a byte order mark before the secret',
    remedy: asText,
  },
  {
    id: 'secret-in-utf-16',
    attempt: ({ bytes }) => inUtf16(Buffer.from(bytes).toString()),
    words: 'it was made with the secret in UTF-16',
    remedy: 'encode the secret as UTF-8: Encoding.UTF8.GetBytes; in PowerShell, save it with -Encoding ascii',
  },
  {
    id: 'secret-in-latin1',
    attempt: ({ bytes }) =>
      bytes.some(byte => byte > 0x7f) ? Buffer.from(Buffer.from(bytes).toString(), 'latin1') : undefined,
    words: 'it was made with the secret in ISO 8859-1 (latin1)',
    remedy: asText,
  },
  {
    id: 'secret-from-json',
    attempt: changed(text => valuesIn(text)),
    words: 'it was made with a value in the JSON that is configured as the secret',
    remedy: 'configure only the value: a secrets manager may return a JSON object',
  },
  {
    id: 'secret-in-other-case',
    attempt: changed(text => [text.toUpperCase(), text.toLowerCase()]),
    words: 'it was made with the secret in upper or lower case',
    remedy: asItIs,
  },
  {
    id: 'secret-shortened',
    attempt: changed(text => [text.slice(0, -1), text.slice(1), text.slice(0, 32), text.slice(0, 64)]),
    words: 'it was made with a secret that lacks its first or last character, or is cut short',
    remedy: 'copy the whole secret',
  },
  {
    id: 'secret-url-encoded',
    attempt: changed(text => [encodeURIComponent(text), decodedUrl(text)]),
    words: 'it was made with the secret encoded for a URL, or decoded',
    remedy: asItIs,
  },
  {
    id: 'secret-not-set',
    attempt: () => ['', 'undefined', 'null', 'None', 'nil', 'false', '(null)', '[object Object]', '""'],
    words: 'it was made with no secret: with an empty one, or with a word such as undefined or None',
    remedy: 'set the variable that holds the secret, and fail at start-up if it is missing',
  },
  {
    id: 'secret-placeholder',
    attempt: () => ['secret', 'changeme', 'test', 'your-secret', 'your_secret_here', 'your_webhook_secret', 'mysecret', 'my-secret', 'supersecret', 'password', 'whsec_test', 'whsec_...', ...variableNames.flatMap(name => [name, `$${name}`, `\${${name}}`, `process.env.${name}`])], // prettier-ignore
    words: 'it was made with a placeholder or the name of a variable instead of the secret',
    remedy: 'check the value in the program: the variable was not substituted',
  },
];
