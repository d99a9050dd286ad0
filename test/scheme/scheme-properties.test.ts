import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import type { Encoding, SchemeDefinition } from '../../src/scheme/definition.js';
import type { Message } from '../../src/scheme/message.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { secretFromKey, type Secret } from '../../src/scheme/secret.js';

const anyOrder = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

const anySignature: fc.Arbitrary<SchemeDefinition['signature']> = fc
  .record({
    encoding: fc.constantFrom<Encoding[]>('hex', 'base64', 'base64url'),
    prefix: fc.constantFrom({}, { prefix: 'sha256=' }, { prefix: 'v0=' }),
    layout: fc.constantFrom({}, ...[',=', ';=', ' ,'].map(([list, pair]) => ({ list: list!, pair: pair!, key: 'v1' }))),
  })
  .map(({ encoding, prefix, layout }) => ({ header: 'X-Signature', encoding, ...prefix, ...layout }));

const anyAlgorithm: fc.Arbitrary<Pick<SchemeDefinition, 'algorithm' | 'algorithmHeader'>> = fc.constantFrom(
  { algorithm: 'hmac-sha1' as const },
  { algorithm: 'hmac-sha256' as const },
  { algorithm: 'hmac-sha384' as const },
  { algorithmHeader: { name: 'X-Algorithm', values: ['sha512', 'sha256'] as const } },
);

const anyUnit = fc.constantFrom('s' as const, 'ms' as const, 'rfc3339' as const);

/** A definition at random, whose template covers all that it has. */
const anyDefinition: fc.Arbitrary<SchemeDefinition> = fc
  .record({
    signature: anySignature,
    algorithm: anyAlgorithm,
    time: fc.option(fc.record({ isListed: fc.boolean(), unit: anyUnit }), { nil: undefined }),
    hasId: fc.boolean(),
    order: anyOrder(['{body}', '{timestamp}', '{id}', '{method}', 'literal']),
  })
  .map(({ signature, algorithm, time, hasId, order }) => {
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

const now = new Date('2026-01-31T09:30:00.123Z');
const anyKey = fc.uint8Array({ minLength: 1, maxLength: 80 }).filter(key => key.some(byte => byte !== 0));
const anyBody = fc.uint8Array({ minLength: 1, maxLength: 200 });

interface Signed {
  scheme: Scheme;
  key: Uint8Array;
  secret: Secret;
  message: Message;
}

const anySigned: fc.Arbitrary<Signed> = fc.tuple(anyDefinition, anyKey, anyBody).map(([definition, key, body]) => {
  const scheme = new Scheme('any', definition);
  const secret = secretFromKey(key, 'the test');
  const bare: Message = { method: 'POST', headers: [], body };
  return { scheme, key, secret, message: { ...bare, headers: scheme.sign(bare, { secret, now, id: 'evt_1' }) } };
});

const isValid = ({ scheme, secret }: Signed, message: Message): boolean => scheme.verify(message, [secret], now).valid;

/** What the scheme reads out of a value of its signature header. */
const readIn = ({ scheme }: Signed, value: string): string => JSON.stringify(scheme.form.read(value));

/** Returns the bytes with one bit inverted, wherever `at` falls. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const bit = at % (bytes.length * 8);
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

const flippedText = (text: string, at: number): string =>
  Buffer.from(flipped(Buffer.from(text, 'latin1'), at)).toString('latin1');

const withHeader = ({ headers }: Message, index: number, change: (value: string) => string): Header[] =>
  headers.map(([name, value], position) => [name, position === index ? change(value) : value]);

test('any definition verifies what it signs, with the headers that it announces', () => {
  fc.assert(
    fc.property(anySigned, signed => {
      const { scheme, secret, message } = signed;
      expect(message.headers.map(([name]) => name)).toEqual(scheme.headers);
      expect(scheme.verify(message, [secret], now)).toMatchObject({ valid: true, secret });
    }),
  );
});

describe('one inverted bit makes it invalid:', () => {
  const anyBit = fc.nat();

  test('in the body', () => {
    fc.assert(
      fc.property(anySigned, anyBit, (signed, bit) => {
        expect(isValid(signed, { ...signed.message, body: flipped(signed.message.body, bit) })).toBe(false);
      }),
    );
  });

  test('in the secret', () => {
    fc.assert(
      fc.property(anySigned, anyBit, ({ scheme, key, message }, bit) => {
        const other = flipped(key, bit);
        fc.pre(other.some(byte => byte !== 0));
        expect(scheme.verify(message, [secretFromKey(other, 'the test')], now).valid).toBe(false);
      }),
    );
  });

  test.each(['x-signature', 'x-time', 'x-id'])('in the header %s', name => {
    fc.assert(
      fc.property(anySigned, anyBit, (signed, bit) => {
        const index = signed.scheme.headers.indexOf(name);
        fc.pre(index >= 0);
        const value = signed.message.headers[index]![1];
        const changed = flippedText(value, bit);
        // Blanks around the entries of a list mean nothing.
        fc.pre(name !== 'x-signature' || readIn(signed, changed) !== readIn(signed, value));
        const headers = withHeader(signed.message, index, () => changed);
        expect(isValid(signed, { ...signed.message, headers })).toBe(false);
      }),
    );
  });
});

test('a header that is cut, from either end, makes it invalid', () => {
  const cut = (value: string, length: number, isEnd: boolean) =>
    isEnd ? value.slice(value.length - length) : value.slice(0, length);
  fc.assert(
    fc.property(anySigned, fc.nat(), fc.boolean(), (signed, length, isEnd) => {
      const index = signed.scheme.headers.indexOf('x-signature');
      const value = signed.message.headers[index]![1];
      const rest = cut(value, length % value.length, isEnd);
      // A list may lose a blank.
      fc.pre(readIn(signed, rest) !== readIn(signed, value));
      const headers = withHeader(signed.message, index, () => rest);
      expect(isValid(signed, { ...signed.message, headers })).toBe(false);
    }),
  );
});

test('neither the order of headers, nor the order and the repetition of entries matters', () => {
  fc.assert(
    fc.property(anySigned, fc.infiniteStream(fc.boolean()), (signed, coins) => {
      const { scheme, message } = signed;
      const { list, pair = '' } = scheme.definition.signature;
      const reorder = (value: string) => {
        if (list === undefined) return value;
        const entries = value.split(list);
        const all = [...entries, `v0${pair}other`, ...entries];
        return (coins.next().value ? all.toReversed() : all).join(list);
      };
      const headers = withHeader(message, scheme.headers.indexOf('x-signature'), reorder);
      expect(isValid(signed, { ...message, headers: headers.toReversed() })).toBe(true);
    }),
  );
});

describe('a definition that can’t work is refused:', () => {
  const signature = { header: 'x-signature' };
  test.each<[string, SchemeDefinition, string]>([
    ['an unknown part', { signature, signed: '{bodi}' }, '{bodi}'],
    ['a part that only JavaScript knows', { signature, signed: '{constructor}' }, '{constructor}'],
    ['a signed timestamp that is nowhere', { signature, signed: '{timestamp}.{body}' }, 'signs {timestamp}'],
    ['a signed id that is nowhere', { signature, signed: '{id}.{body}' }, 'signs {id}'],
    ['a list without a key', { signature: { ...signature, list: ',', pair: '=' } }, 'needs key'],
    ['a list without a pair', { signature: { ...signature, list: ',', key: 'v1' } }, 'needs pair'],
    [
      'a timestamp in a list that isn’t one',
      { signature, timestamp: { key: 't', past: null, future: null } },
      'needs a list',
    ],
    [
      'a tolerance that isn’t a duration',
      { signature, timestamp: { header: 'x-time', past: 'soon', future: null } },
      '"soon"',
    ],
  ])('%s', (_, definition, words) => {
    expect(() => new Scheme('broken', definition)).toThrow(words);
  });
});
