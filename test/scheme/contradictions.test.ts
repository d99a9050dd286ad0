import { describe, expect, test } from 'vitest';
import { contradictionsIn } from '../../src/scheme/contradictions.js';
import type { SchemeDefinition } from '../../src/scheme/definition.js';
import { presets } from '../../src/scheme/presets/index.js';
import { Scheme } from '../../src/scheme/scheme.js';

const signature = { header: 'x-signature' };
const list = { ...signature, list: ',', pair: '=', key: 'v1' };
const timestamp = { header: 'x-time', past: '5m', future: null };
const listed = { key: 't', past: '5m', future: null };

/** The mistake, a definition, and the place that is named. */
const broken: [string, SchemeDefinition, string][] = [
  ['an unknown part', { signature, signed: '{bodi}' }, 'signed'],
  ['a part that only JavaScript knows', { signature, signed: '{constructor}' }, 'signed'],
  ['a part in two pairs of braces', { signature, signed: '{{body}}' }, 'signed'],
  ['a part without its end', { signature, signed: '{body}.{timestamp' }, 'signed'],
  ['no body', { signature, signed: '{method}' }, 'signed'],
  ['a part with an invalid header name', { signature, signed: '{header.x y}.{body}' }, 'signed'],
  ['a signature that signs itself', { signature, signed: '{header.X-Signature}.{body}' }, 'signed'],
  ['a header of its own as any other', { signature, timestamp, signed: '{header.x-time}.{body}' }, 'signed'],
  ['a header that the connection adds', { signature, signed: '{header.content-length}.{body}' }, 'signed'],
  ['the host as a header', { signature, signed: '{header.host}.{body}' }, 'signed'],
  ['a signature in the user agent', { signature: { header: 'User-Agent' } }, 'signature.header'],
  [
    'a sample with a line break in a header',
    { signature, sample: { body: 1, headers: { a: 'b\r\nc: d' } } },
    'sample.headers.a',
  ],
  ['a sample with an invalid name', { signature, sample: { body: 1, headers: { 'a b': '' } } }, 'sample.headers.a b'],
  [
    'a sample with a signature',
    { signature, sample: { body: 1, headers: { 'X-Signature': '1' } } },
    'sample.headers.X-Signature',
  ],
  ['a sample with a header twice', { signature, sample: { body: 1, headers: { a: '1', A: '2' } } }, 'sample.headers.A'],
  [
    'a sample with its own length',
    { signature, sample: { body: 1, headers: { 'content-length': '2' } } },
    'sample.headers.content-length',
  ],
  ['a time limit that no timer has', { signature, timeout: '1000h' }, 'timeout'],
  ['a signed timestamp without a place', { signature, signed: '{timestamp}.{body}' }, 'signed'],
  ['a signed id without a place', { signature, signed: '{id}.{body}' }, 'signed'],
  ['a signed id in the body', { signature, signed: '{id}.{body}', id: 'data.id' }, 'signed'],
  ['a list without a key', { signature: { ...signature, list: ',', pair: '=' } }, 'signature'],
  ['a list without a pair', { signature: { ...signature, list: ',', key: 'v1' } }, 'signature'],
  ['a pair without a list', { signature: { ...signature, pair: '=', key: 'v1' } }, 'signature'],
  ['an empty list', { signature: { ...list, list: '' } }, 'signature.list'],
  ['an empty pair', { signature: { ...list, pair: '' } }, 'signature.pair'],
  ['an empty key', { signature: { ...list, key: '' } }, 'signature.key'],
  ['a timestamp in a list that isn’t one', { signature, timestamp: listed }, 'timestamp.key'],
  [
    'entries for ed25519 without a list',
    { signature: { ...signature, ed25519: 'v1a' }, secret: 'hex' },
    'signature.ed25519',
  ],
  ['one key for two versions', { signature: { ...list, ed25519: 'v1' }, secret: 'hex' }, 'signature'],
  ['one key for two things', { signature: list, timestamp: { ...listed, key: 'v1' } }, 'signature'],
  ['a list that digests contain', { signature: { ...list, list: 'a' } }, 'signature'],
  ['a list that digests in base64 contain', { signature: { ...list, encoding: 'base64', list: '/' } }, 'signature'],
  [
    'a list that digests in base64url contain',
    { signature: { ...list, encoding: 'base64url', list: '-' } },
    'signature',
  ],
  ['a list that cuts off padding', { signature: { ...list, encoding: 'base64', list: '=', pair: ':' } }, 'signature'],
  [
    'a list that timestamps contain',
    { signature: { ...list, list: ':' }, timestamp: { ...listed, unit: 'rfc3339' } },
    'signature',
  ],
  ['a list that is in the pair', { signature: { ...list, pair: ', ' } }, 'signature'],
  ['a list that is the pair', { signature: { ...list, pair: ',' } }, 'signature'],
  ['a pair that is in a key', { signature: { ...list, key: 'v=1' } }, 'signature'],
  ['a pair that is in the key for ed25519', { signature: { ...list, ed25519: 'a=1' }, secret: 'hex' }, 'signature'],
  ['a list that is in a key', { signature: { ...list, key: 'v,1' } }, 'signature'],
  ['a list that is in the prefix', { signature: { ...list, prefix: 'a,' } }, 'signature'],
  ['a blank before a key', { signature: { ...list, key: ' v1' } }, 'signature'],
  ['a blank before the prefix', { signature: { ...signature, prefix: ' v0=' } }, 'signature'],
  ['a line break in the prefix', { signature: { ...signature, prefix: 'a\r\nx-evil: ' } }, 'signature'],
  ['a prefix outside Latin-1', { signature: { ...signature, prefix: '✓' } }, 'signature'],
  [
    'an algorithm that its header doesn’t allow',
    { signature, algorithm: 'hmac-sha1', algorithmHeader: { name: 'x-a', values: ['sha256'] } },
    'algorithm',
  ],
  [
    'ed25519 and a header for hash functions',
    { signature, secret: 'hex', algorithm: 'ed25519', algorithmHeader: { name: 'x-a', values: ['sha256'] } },
    'algorithm',
  ],
  [
    'ed25519 beside ed25519',
    { signature: { ...list, ed25519: 'v1a' }, secret: 'hex', algorithm: 'ed25519' },
    'signature.ed25519',
  ],
  ['ed25519 with a text for a key', { signature, algorithm: 'ed25519' }, 'algorithm'],
  ['ed25519 with a key called text', { signature, algorithm: 'ed25519', secret: 'text' }, 'secret'],
  ['ed25519 beside HMAC with a text', { signature: { ...list, ed25519: 'v1a' } }, 'signature'],
  ['a header with a blank', { signature: { header: 'x signature' } }, 'signature.header'],
  ['a header without a name', { signature: { header: '' } }, 'signature.header'],
  ['a header of HTTP', { signature: { header: 'Content-Length' } }, 'signature.header'],
  ['a header with two meanings', { signature, timestamp: { ...timestamp, header: 'X-Signature' } }, 'timestamp.header'],
  ['an id in the header of the event', { signature, id: { header: 'x-a' }, event: { header: 'X-A' } }, 'event.header'],
  ['a tolerance that isn’t a duration', { signature, timestamp: { ...timestamp, past: 'soon' } }, 'timestamp.past'],
  ['a tolerance below zero', { signature, timestamp: { ...timestamp, future: '-5m' } }, 'timestamp.future'],
  ['a zero timeout', { signature, timeout: '0s' }, 'timeout'],
  ['a status that isn’t one', { signature, accepts: 'ok' }, 'accepts'],
  ['a path with an empty key', { signature, id: 'data..id' }, 'id'],
];

describe('refuses a definition, with its place, for', () => {
  test.each(broken)('%s', (_, definition, place) => {
    const found = contradictionsIn(definition);
    expect(found.map(({ path }) => path.join('.'))).toContain(place);
    expect(
      found.every(({ words, hint }) => /^[^.]+[^.]$/.test(words.replaceAll(/"[^"]*"|\{[^}]*\}/g, '')) && hint !== ''),
    ).toBe(true);
    expect(() => new Scheme('broken', definition)).toThrow(`the scheme broken: ${found[0]?.path.join('.') ?? ''} `);
  });
});

test.each(Object.entries(presets))('%s has none', (_, definition) => {
  expect(contradictionsIn(definition)).toEqual([]);
});

test.each<[string, SchemeDefinition]>([
  ['separators of several characters', { signature: { ...list, list: '; ', pair: ' = ' }, timestamp: listed }],
  ['a pair that is padding, too', { signature: { ...list, encoding: 'base64' } }],
  ['a blank for a list', { signature: { ...list, list: ' ', pair: ',' } }],
  ['a key that starts like another', { signature: { ...list, key: 'v1', ed25519: 'v1a' }, secret: 'base64' }],
  ['a prefix in a list', { signature: { ...list, prefix: 'sha256=' } }],
])('finds none in %s', (_, definition) => {
  expect(contradictionsIn(definition)).toEqual([]);
});
