import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { createSecret } from '../../src/scheme/secret.js';
import { anySigned, isValid, now, publicText, secretOf, withHeader, type Signed } from './any-scheme.js';

/** What the scheme reads from a value of its signature header. */
const readIn = ({ scheme }: Signed, value: string): string => JSON.stringify(scheme.form.read(value));

/** Returns the bytes with one bit flipped; `at` may be any number. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const bit = at % (bytes.length * 8);
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

const flippedText = (text: string, at: number): string =>
  Buffer.from(flipped(Buffer.from(text, 'latin1'), at)).toString('latin1');

test('any definition verifies what it signs, with the headers that it announces', () => {
  fc.assert(
    fc.property(anySigned, signed => {
      const { scheme, secret, message } = signed;
      expect(message.headers.map(([name]) => name)).toEqual(scheme.headers);
      expect(scheme.verify(message, [secret], now)).toMatchObject({ valid: true, secret });
    }),
  );
});

describe('one flipped bit makes it invalid:', () => {
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
      fc.property(anySigned, anyBit, ({ scheme, key, isEd25519, message }, bit) => {
        const other = flipped(isEd25519 ? key.subarray(0, 32) : key, bit);
        fc.pre(other.some(byte => byte !== 0));
        expect(scheme.verify(message, [secretOf(scheme, other, isEd25519)], now).valid).toBe(false);
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
        // Blanks around the entries of a list have no meaning.
        fc.pre(name !== 'x-signature' || readIn(signed, changed) !== readIn(signed, value));
        const headers = withHeader(signed.message, index, () => changed);
        expect(isValid(signed, { ...signed.message, headers })).toBe(false);
      }),
    );
  });
});

test('a truncated header, from either end, makes it invalid', () => {
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

test('the order of headers, and the order and repetition of entries, don’t matter', () => {
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

test('a public key verifies its private key’s signatures, and can’t sign', () => {
  fc.assert(
    fc.property(anySigned, signed => {
      fc.pre(signed.isEd25519);
      const { scheme, key, message } = signed;
      const secret = createSecret(Buffer.from(publicText(scheme, key)), 'the test', scheme.secrets);
      expect(scheme.verify(message, [secret], now)).toEqual({ valid: true, algorithm: 'ed25519', secret });
      expect(() => scheme.sign(message, { secret, now })).toThrow('the secret from the test is a public key');
    }),
  );
});

test('the case of names doesn’t matter', () => {
  fc.assert(
    fc.property(anySigned, fc.infiniteStream(fc.boolean()), (signed, coins) => {
      const mixed = (name: string): string =>
        name.replaceAll(/./g, letter => (coins.next().value ? letter.toUpperCase() : letter));
      const headers = signed.message.headers.map(([name, value]): Header => [mixed(name), value]);
      expect(isValid(signed, { ...signed.message, headers })).toBe(true);
    }),
  );
});

test('a timestamp is valid from signing until the tolerance is over, in both directions', () => {
  fc.assert(
    fc.property(anySigned, fc.integer({ min: -600_000, max: 600_000 }), ({ scheme, secret, message }, offset) => {
      fc.pre(scheme.isTimed);
      // Times are signed in whole seconds, so the time may be almost a second earlier.
      fc.pre(Math.abs(Math.abs(offset) - 300_000) > 1000);
      const at = new Date(now.getTime() + offset);
      const late = offset > 0 ? 'timestamp-too-old' : 'timestamp-in-the-future';
      const expected = Math.abs(offset) < 300_000 ? { valid: true } : { valid: false, reason: late };
      expect(scheme.verify(message, [secret], at)).toMatchObject(expected);
      const endless = scheme.withTolerance({ past: null, future: null });
      expect(endless.verify(message, [secret], at)).toMatchObject({ valid: true });
      expect(scheme.verify(message, [secret])).toMatchObject({ valid: true });
    }),
  );
});

test('each signing has its own timestamp and signature, and the id stays', () => {
  fc.assert(
    fc.property(anySigned, fc.integer({ min: 1, max: 1_000_000 }), ({ scheme, secret, message }, seconds) => {
      fc.pre(scheme.definition.timestamp !== undefined);
      const at = new Date(now.getTime() + seconds * 1000);
      const again = scheme.sign({ ...message, headers: [] }, { secret, now: at, id: 'evt_1' });
      const changed = again.filter(([, value], index) => value !== message.headers[index]![1]).map(([name]) => name);
      expect(changed).toEqual(scheme.headers.filter(name => name === 'x-signature' || name === 'x-time'));
      expect(scheme.verify({ ...message, headers: again }, [secret], at)).toMatchObject({ valid: true });
    }),
  );
});

test('another tolerance doesn’t change what is signed', () => {
  fc.assert(
    fc.property(anySigned, ({ scheme, secret, message }) => {
      const other = scheme.withTolerance({ past: '1h', future: null });
      expect(other.sign({ ...message, headers: [] }, { secret, now, id: 'evt_1' })).toEqual(message.headers);
    }),
  );
});
