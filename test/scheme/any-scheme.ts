import fc from 'fast-check';
import type { Header } from '../../src/http/header.js';
import type { Encoding, SchemeDefinition, SecretEncoding } from '../../src/scheme/definition.js';
import { fromSeed } from '../../src/scheme/ed25519.js';
import type { Message } from '../../src/scheme/message.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { createSecret, type Secret } from '../../src/scheme/secret.js';

const anyOrder = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

const layouts = [
  { list: ',', pair: '=', key: 'v1' },
  { list: ';', pair: '=', key: 'v1' },
  { list: ' ', pair: ',', key: 'v1' },
];

const anySignature: fc.Arbitrary<SchemeDefinition['signature']> = fc
  .record({
    encoding: fc.constantFrom<Encoding[]>('hex', 'base64', 'base64url'),
    prefix: fc.constantFrom({}, { prefix: 'sha256=' }, { prefix: 'v0=' }),
    layout: fc.constantFrom({}, ...layouts),
  })
  .map(({ encoding, prefix, layout }) => ({ header: 'X-Signature', encoding, ...prefix, ...layout }));

type Algorithms = Pick<SchemeDefinition, 'algorithm' | 'algorithmHeader' | 'secret'> & { ed25519?: string };

const bytesInText = fc.constantFrom<SecretEncoding[]>('base64', 'hex', 'whsec');

const anyAlgorithm: fc.Arbitrary<Algorithms> = fc.oneof(
  fc.record({
    algorithm: fc.constantFrom('hmac-sha1', 'hmac-sha256', 'hmac-sha384'),
    secret: fc.constantFrom('text', 'base64', 'hex', 'whsec'),
  }),
  fc.constant({ algorithmHeader: { name: 'X-Algorithm', values: ['sha512', 'sha256'] as const } }),
  fc.record({ algorithm: fc.constant('ed25519'), secret: bytesInText }),
  fc.record({ algorithm: fc.constant('hmac-sha512'), secret: bytesInText, ed25519: fc.constant('v1a') }),
);

const anyUnit = fc.constantFrom('s' as const, 'ms' as const, 'rfc3339' as const);

/** A random definition whose template includes all of its parts. */
const anyDefinition: fc.Arbitrary<SchemeDefinition> = fc
  .record({
    signature: anySignature,
    algorithm: anyAlgorithm,
    time: fc.option(fc.record({ isListed: fc.boolean(), unit: anyUnit }), { nil: undefined }),
    hasId: fc.boolean(),
    order: anyOrder(['{body}', '{timestamp}', '{id}', '{method}', 'literal']),
  })
  .map(({ signature: written, algorithm: { ed25519, ...algorithm }, time, hasId, order }) => {
    // Entries for ed25519 need a list.
    const signature = ed25519 === undefined ? written : { ...layouts[0], ...written, ed25519 };
    const place = time?.isListed && signature.list !== undefined ? { key: 't' } : { header: 'X-Time' };
    const missing = [...(time ? [] : ['{timestamp}']), ...(hasId ? [] : ['{id}'])];
    return {
      signature,
      ...algorithm,
      signed: order.filter(part => !missing.includes(part)).join('.'),
      ...(time && { timestamp: { ...place, unit: time.unit, past: '5m', future: '5m' } }),
      ...(hasId && { id: { header: 'X-Id' } }),
    };
  });

export const now = new Date('2026-01-31T09:30:00.123Z');
const anyBody = fc.uint8Array({ minLength: 1, maxLength: 200 });
/** Long enough for a seed, which is its beginning. */
const anyKey = fc
  .uint8Array({ minLength: 32, maxLength: 80 })
  .filter(key => key.subarray(0, 32).some(byte => byte !== 0));

export interface Signed {
  scheme: Scheme;
  key: Uint8Array;
  /** Whether it is an ed25519 key. */
  isEd25519: boolean;
  secret: Secret;
  message: Message;
}

/** Returns a scheme's secret for these bytes, as text. */
function secretTextOf({ secrets: { encoding } }: Scheme, key: Uint8Array, isEd25519: boolean): string {
  const bytes = Buffer.from(isEd25519 ? pairOf(key) : key);
  if (encoding === 'text') return bytes.toString('hex');
  if (encoding === 'hex') return bytes.toString('hex');
  if (encoding === 'base64') return bytes.toString('base64');
  return `${isEd25519 ? 'whsk_' : 'whsec_'}${bytes.toString('base64')}`;
}

export const publicKeyOf = (key: Uint8Array): Buffer =>
  Buffer.from(fromSeed(key.subarray(0, 32)).publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');

const pairOf = (key: Uint8Array): Buffer => Buffer.concat([key.subarray(0, 32), publicKeyOf(key)]);

export const secretOf = (scheme: Scheme, key: Uint8Array, isEd25519: boolean): Secret =>
  createSecret(Buffer.from(secretTextOf(scheme, key, isEd25519)), 'the test', scheme.secrets);

export const anySigned: fc.Arbitrary<Signed> = fc
  .record({ definition: anyDefinition, key: anyKey, body: anyBody, coin: fc.boolean() })
  .map(({ definition, key, body, coin }) => {
    const scheme = new Scheme('any', definition);
    const kind = scheme.secrets.ed25519;
    // Among keys in base64 and hex, only whsk_ shows the type.
    const isEd25519 = kind === 'always' || (kind === 'beside-hmac' && coin && scheme.secrets.encoding === 'whsec');
    const secret = secretOf(scheme, key, isEd25519);
    const bare: Message = { method: 'POST', headers: [], body };
    const headers = scheme.sign(bare, { secret, now, id: 'evt_1' });
    return { scheme, key, isEd25519, secret, message: { ...bare, headers } };
  });

export const isValid = ({ scheme, secret }: Signed, message: Message): boolean =>
  scheme.verify(message, [secret], now).valid;

export const withHeader = ({ headers }: Message, index: number, change: (value: string) => string): Header[] =>
  headers.map(([name, value], position) => [name, position === index ? change(value) : value]);

export function publicText({ secrets: { encoding } }: Scheme, key: Uint8Array): string {
  const bytes = publicKeyOf(key);
  return encoding === 'whsec' ? `whpk_${bytes.toString('base64')}` : bytes.toString(encoding as 'hex');
}
