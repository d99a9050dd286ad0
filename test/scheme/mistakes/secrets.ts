import { base64, hex, marked, utf16 } from './encode.js';

/** A mistake with a secret: what is configured here, and what the signature was made with. */
export interface SecretCase {
  id: string;
  configured: string;
  used: string | Uint8Array;
}

const bytes = Buffer.from('fbff00017f80c3e2', 'hex');

export const secretCases: readonly SecretCase[] = [
  { id: 'secret-with-final-lf', configured: 'a secret', used: 'a secret\n' },
  { id: 'secret-with-final-crlf', configured: 'a secret', used: 'a secret\r\n' },
  { id: 'secret-trimmed', configured: ' \tgéheim à \r', used: 'géheim à' },
  { id: 'secret-base64-decoded', configured: bytes.toString('base64'), used: bytes },
  { id: 'secret-base64-decoded', configured: bytes.toString('base64').replace('=', ''), used: bytes },
  { id: 'secret-base64url-decoded', configured: bytes.toString('base64url'), used: bytes },
  { id: 'secret-hex-decoded', configured: bytes.toString('hex'), used: bytes },
  { id: 'secret-hex-decoded', configured: bytes.toString('hex').toUpperCase(), used: bytes },
  { id: 'secret-without-whsec', configured: 'whsec_a secret', used: 'a secret' },
  { id: 'secret-without-whsec-base64-decoded', configured: `whsec_${bytes.toString('base64')}`, used: bytes },
  { id: 'secret-with-whsec', configured: 'a secret', used: 'whsec_a secret' },
  { id: 'secret-without-quotes', configured: '"a secret"', used: 'a secret' },
  { id: 'secret-in-quotes', configured: 'a secret', used: "'a secret'" },
];

/** Mistakes that aren't paired with mistaken bodies. */
export const rareSecretCases: readonly SecretCase[] = [
  { id: 'secret-with-final-crlf', configured: 'a secret', used: 'a secret\r' },
  { id: 'secret-trimmed', configured: 'a secret\n', used: 'a secret' },
  { id: 'secret-with-blanks', configured: 'a secret', used: 'a secret ' },
  { id: 'secret-with-blanks', configured: 'a secret', used: '\u00a0a secret' },
  { id: 'secret-with-blanks', configured: 'a secret', used: 'a secret\u200b' },
  { id: 'secret-without-invisible', configured: 'a secret\u00a0', used: 'a secret' },
  { id: 'secret-without-invisible', configured: '\u200ba secret', used: 'a secret' },
  { id: 'secret-without-name', configured: 'WEBHOOK_SECRET=a secret', used: 'a secret' },
  { id: 'secret-without-name', configured: 'export SECRET="a secret"', used: 'a secret' },
  { id: 'secret-with-name', configured: 'a secret', used: 'WEBHOOK_SECRET=a secret' },
  { id: 'secret-base64-decoded-trimmed', configured: base64('a secret\n'), used: 'a secret' },
  { id: 'secret-decoded-with-whsec', configured: `whsec_${bytes.toString('base64')}`, used: Buffer.from(`whsec_${bytes.toString('base64')}`, 'base64') }, // prettier-ignore
  { id: 'secret-without-whsec', configured: 'v1,whsec_a secret', used: 'a secret' },
  { id: 'secret-with-whsec', configured: 'whsec_a secret', used: 'v1,whsec_a secret' },
  { id: 'secret-in-base64', configured: 'a secret', used: base64('a secret') },
  { id: 'secret-in-base64-with-newline', configured: 'a secret', used: base64('a secret\n') },
  { id: 'secret-in-base64-with-newline', configured: 'a secret', used: `${base64('a secret')}\n` },
  { id: 'secret-in-hex', configured: 'a secret', used: hex('a secret') },
  { id: 'secret-in-upper-case', configured: '0abc12', used: '0ABC12' },
  { id: 'secret-in-lower-case', configured: '0ABC12', used: '0abc12' },
  { id: 'secret-cut-at-comment', configured: 'a secret#with a mark', used: 'a secret' },
  { id: 'secret-cut-at-comment', configured: 'a secret # with a mark', used: 'a secret' },
  { id: 'secret-cut', configured: 'a-secret$with&marks', used: 'a-secret' },
  { id: 'secret-cut', configured: 'a-secret$HOME', used: 'a-secret' },
  { id: 'secret-cut', configured: 'a secret', used: 'a' },
  { id: 'secret-with-escapes', configured: 'a secret\\n', used: 'a secret\n' },
  { id: 'secret-with-escapes', configured: 'a secret\\n', used: 'a secret' },
  { id: 'secret-with-literal-newline', configured: 'a secret', used: 'a secret\\n' },
  { id: 'secret-with-literal-newline', configured: 'a\nsecret', used: 'a\\nsecret' },
  { id: 'secret-with-mark', configured: 'a secret', used: '\ufeffa secret' },
  { id: 'secret-in-utf-16', configured: 'a secret', used: utf16('a secret') },
  { id: 'secret-in-utf-16', configured: 'a secret', used: marked('fffe', utf16('a secret')) },
  { id: 'secret-in-latin1', configured: 'géheim', used: Buffer.from('géheim', 'latin1') },
  { id: 'secret-from-json', configured: '{"secret":"a secret"}', used: 'a secret' },
  { id: 'secret-in-other-case', configured: 'a secret', used: 'A SECRET' },
  { id: 'secret-shortened', configured: 'a secret', used: 'a secre' },
  { id: 'secret-url-encoded', configured: 'a secret/+', used: 'a%20secret%2F%2B' },
  { id: 'secret-url-encoded', configured: 'a%20secret', used: 'a secret' },
  ...['', 'undefined', 'null', 'None'].map(used => ({ id: 'secret-not-set', configured: 'a secret', used })),
  ...['changeme', '$WEBHOOK_SECRET', 'process.env.WEBHOOK_SECRET'].map(used => ({ id: 'secret-placeholder', configured: 'a secret', used })), // prettier-ignore
];
