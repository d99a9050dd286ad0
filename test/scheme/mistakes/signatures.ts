import { createHash, createHmac } from 'node:crypto';
import { base64 } from './encode.js';

/** A wrong use of the right secret and the right body. */
export const useCases: readonly { id: string; digest: (body: string, secret: string) => Buffer }[] = [
  { id: 'swapped', digest: (body, secret) => hmac(body, secret) },
  { id: 'plain-hash', digest: (body, secret) => hash(secret + body) },
  { id: 'plain-hash', digest: (body, secret) => hash(body + secret) },
  { id: 'plain-hash', digest: (body, secret) => hash(`${secret}.${body}`) },
  { id: 'hash-without-secret', digest: body => hash(body) },
  { id: 'hmac-of-digest', digest: (body, secret) => hmac(secret, hash(body).toString('hex')) },
  { id: 'hmac-of-digest', digest: (body, secret) => hmac(secret, hash(body)) },
  { id: 'secret-in-message', digest: (body, secret) => hmac(secret, body + secret) },
  { id: 'secret-in-message', digest: (body, secret) => hmac(secret, secret + body) },
  { id: 'hash-of-hmac', digest: (body, secret) => hash(hmac(secret, body)) },
  { id: 'hash-of-hmac', digest: (body, secret) => hmac(secret, hmac(secret, body).toString('hex')) },
  { id: 'hashed-secret', digest: (body, secret) => hmac(hash(secret), body) },
];

const hmac = (key: Uint8Array | string, message: Uint8Array | string) =>
  createHmac('sha256', key).update(message).digest();
const hash = (message: Uint8Array | string) => createHash('sha256').update(message).digest();

/** A wrong spelling of the right digest. */
export const spellingCases: readonly { ids: string[]; spell: (digest: Buffer) => string; body?: string }[] = [
  { ids: ['upper-case'], spell: digest => digest.toString('hex').toUpperCase() },
  { ids: ['base64'], spell: digest => digest.toString('base64') },
  { ids: ['base64'], spell: digest => digest.toString('base64').replace('=', '') },
  { ids: ['base64-of-hex'], spell: digest => base64(digest.toString('hex')) },
  ...['sha256=', 'SHA256=', 'v1=', 'v1,', 'sha-256=', 'hmac-sha256=', 'sha256 ', 'sha256:', 'signature=', '0x'].map(
    prefix => ({
      ids: ['prefix'],
      spell: (digest: Buffer) => prefix + digest.toString('hex'),
    }),
  ),
  { ids: ['prefix', 'base64'], spell: digest => `v1,${digest.toString('base64')}` },
  { ids: ['prefix', 'upper-case'], spell: digest => `sha256=${digest.toString('hex').toUpperCase()}` },
  { ids: ['stripe-form'], spell: digest => `t=1769851800,v1=${digest.toString('hex')}` },
  { ids: ['quotes'], spell: digest => `"${digest.toString('hex')}"` },
  { ids: ['quotes'], spell: digest => `'${digest.toString('hex')}'` },
  { ids: ['quotes', 'base64'], spell: digest => `"${digest.toString('base64')}"` },
  { ids: ['bytes-literal'], spell: digest => `b'${digest.toString('hex')}'` },
  { ids: ['header-name'], spell: digest => `X-Fin-Signature: ${digest.toString('hex')}` },
  { ids: ['list'], spell: digest => `${'0'.repeat(64)},${digest.toString('hex')}` },
  { ids: ['surroundings'], spell: digest => `{"signature":"${digest.toString('hex')}"}` },
  {
    ids: ['separated-bytes'],
    spell: digest =>
      digest
        .toString('hex')
        .toUpperCase()
        .replace(/..(?=.)/g, '$&-'),
  },
  { ids: ['separated-bytes'], spell: digest => digest.toString('hex').replace(/..(?=.)/g, '$&:') },
  { ids: ['leading-zeros'], spell: digest => Array.from(digest, byte => byte.toString(16)).join('') },
  {
    ids: ['leading-zeros'],
    body: 'one whose digest begins with 0: 13',
    spell: digest => digest.toString('hex').replace(/^0+/, ''),
  },
  { ids: ['cut-short'], spell: digest => digest.toString('hex').slice(0, 40) },
  { ids: ['cut-short'], spell: digest => digest.toString('hex').slice(0, 60) },
];
