import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromSeed } from '../../src/scheme/ed25519.js';
import type { Message } from '../../src/scheme/message.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret, secretFromKey, type Secret } from '../../src/scheme/secret.js';
import { createSignatureForm } from '../../src/scheme/signature-header.js';
import { anySigned, isValid, now, publicKeyOf, publicText, withHeader, type Signed } from './any-scheme.js';

describe('a hostile header neither verifies nor throws:', () => {
  const isRefused = (signed: Signed, index: number, value: string): void => {
    const headers = withHeader(signed.message, index, () => value);
    expect(isValid(signed, { ...signed.message, headers })).toBe(false);
  };

  test('any text in any header', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\0', '\ud800', '\ufeff', '=', ',', ';', ' ', 'v', '1', 'a', 't', '\u00e9', '\r\n'),
      }),
    );
    fc.assert(
      fc.property(anySigned, fc.nat(), anyText, (signed, place, text) => {
        const index = place % signed.message.headers.length;
        fc.pre(text !== signed.message.headers[index]![1]);
        // Without the algorithm header, the default algorithm is used; with an empty one, none is.
        isRefused(signed, index, text);
      }),
    );
  });

  const patterns: [string, (entry: string, list: string) => string][] = [
    ['a very long one', entry => entry + 'a'.repeat(50_000)],
    ['one of separators alone', (_, list) => list.repeat(50_000)],
    ['one with a NUL behind it', entry => `${entry}\0`],
    ['one with a letter beyond Latin-1', entry => entry.replace(/.$/, 'а')],
    ['one in wide digits', entry => entry.replaceAll(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit)))],
    ['one with a byte order mark', entry => `\ufeff${entry}`],
    ['one with a blank of no kind that HTTP knows', entry => `${entry}\u00a0`],
    ['one that is written as a list in brackets', entry => `["${entry}"]`],
  ];
  test.each(patterns)('%s', (_, change) => {
    fc.assert(
      fc.property(anySigned, signed => {
        const { list = ',', key, ed25519, pair = '' } = signed.scheme.definition.signature;
        const index = signed.scheme.headers.indexOf('x-signature');
        const value = signed.message.headers[index]![1];
        const entries = key === undefined ? [value] : value.split(list);
        // Changes each signature, but not the timestamp beside it.
        const changed = entries.map(entry =>
          [key, ed25519].some(name => name === undefined || entry.startsWith(name + pair))
            ? change(entry, list)
            : entry,
        );
        isRefused(signed, index, changed.join(list));
      }),
      { numRuns: 20 },
    );
  });

  test('many wrong entries and several timestamps', () => {
    fc.assert(
      fc.property(anySigned, signed => {
        const { list, key = '', pair = '' } = signed.scheme.definition.signature;
        fc.pre(list !== undefined && !signed.isEd25519);
        const index = signed.scheme.headers.indexOf('x-signature');
        const value = signed.message.headers[index]![1];
        const wrong = Array.from({ length: 1000 }, (_, count) => `${key}${pair}${count}`);
        isRefused(signed, index, [...wrong, `t${pair}1`, `t${pair}2`].join(list));
        const times = [`t${pair}1`, `t${pair}99999999999`, value].join(list);
        if (signed.scheme.definition.timestamp?.key !== undefined) isRefused(signed, index, times);
      }),
      { numRuns: 20 },
    );
  });

  test('the same header twice, even with the same value', () => {
    fc.assert(
      fc.property(anySigned, fc.nat(), ({ scheme, secret, message }, place) => {
        const again = message.headers[place % message.headers.length]!;
        const headers = [...message.headers, again];
        expect(scheme.verify({ ...message, headers }, [secret], now)).toEqual({
          valid: false,
          reason: 'signature-ambiguous',
        });
      }),
    );
  });
});

describe('a key is never used with another algorithm:', () => {
  /** What an attacker knows about an ed25519 key, as an HMAC key. */
  const knownKeys = (key: Uint8Array): Buffer[] => {
    const bytes = publicKeyOf(key);
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]);
    return [bytes, der, ...[bytes, der].flatMap(each => [each.toString('base64'), `whpk_${each.toString('base64')}`, each.toString('hex')].map(text => Buffer.from(text)))]; // prettier-ignore
  };

  test('an HMAC made with a public key', () => {
    fc.assert(
      fc.property(anySigned, fc.constantFrom('sha256', 'sha512'), (signed, algorithm) => {
        fc.pre(signed.isEd25519);
        const { scheme, key, message } = signed;
        const { signature, timestamp } = scheme.definition;
        const publicSecret = createSecret(Buffer.from(publicText(scheme, key)), 'the test', scheme.secrets);
        const values = valuesIn(signed);
        const time = timestamp?.key === undefined ? '' : values.timestamp;
        for (const bytes of knownKeys(key)) {
          const digest = scheme
            .hmac(message, values, { key: createSecretKey(bytes), algorithm })
            .digest(scheme.encoding);
          for (const name of [signature.key, signature.ed25519]) {
            const form = createSignatureForm({
              ...scheme.definition,
              signature: { ...signature, ...(name !== undefined && { key: name }) },
            });
            const value = form.write(digest, { timestamp: time, isEd25519: false });
            const headers = withHeader(message, scheme.headers.indexOf('x-signature'), () => value);
            expect(scheme.verify({ ...message, headers }, [publicSecret, signed.secret], now).valid).toBe(false);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('an ed25519 signature whose key is the HMAC secret', () => {
    fc.assert(
      fc.property(anySigned, signed => {
        const { scheme, key, message } = signed;
        fc.pre(scheme.secrets.ed25519 === 'beside-hmac' && !signed.isEd25519);
        const secret: Secret = { ...fromSeed(key.subarray(0, 32)), origin: 'an attacker' };
        const headers = scheme.sign({ ...message, headers: [] }, { secret, now, id: 'evt_1' });
        expect(scheme.verify({ ...message, headers }, [signed.secret], now)).toEqual({
          valid: false,
          reason: 'version-unsupported',
        });
      }),
    );
  });

  test('Standard Webhooks: an HMAC as v1 is refused with whpk_, whatever part of it is the key', () => {
    const scheme = schemes['standard-webhooks'];
    const key = Buffer.alloc(32, 'k3Y!');
    const secret = createSecret(Buffer.from(`whpk_${publicKeyOf(key).toString('base64')}`), 'the test', scheme.secrets);
    const message: Message = { method: 'POST', headers: [], body: Buffer.from('{}') };
    for (const bytes of knownKeys(key)) {
      const headers = scheme.sign(message, { secret: secretFromKey(bytes, 'an attacker'), now, id: 'msg_1' });
      expect(headers.at(-1)?.[1]).toMatch(/^v1,/);
      expect(scheme.verify({ ...message, headers }, [secret], now)).toEqual({
        valid: false,
        reason: 'version-unsupported',
      });
    }
  });
});

/** Everything in a request except its body. */
function valuesIn({ scheme, message }: Signed): { timestamp: string; id: string } {
  const claim = scheme.claims.read(message.headers);
  if (typeof claim === 'string') throw new Error(claim);
  return claim;
}
