import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import type { Message } from '../../src/scheme/message.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { secretFromKey } from '../../src/scheme/secret.js';
import { milliseconds } from '../../src/text/duration.js';
import { knownFrom, vectors } from './vectors.js';

const later = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds);

const made = vectors.filter(({ verifiesOnly }) => !verifiesOnly);

describe.each(made)('$preset: $source', vector => {
  const { scheme, secret, bare, headers, now } = knownFrom(vector);
  const { definition } = scheme;
  const body = Buffer.from(bare.body);
  const otherSecret = secretFromKey(Buffer.from('other'), 'other');
  const message = (changes: Partial<Message> = {}): Message => ({ ...bare, headers, ...changes });
  const withHeader = (name: string | undefined, change: (value: string) => string | undefined): Header[] =>
    headers.flatMap(([each, value]): Header[] => {
      const changed = each === name ? change(value) : value;
      return changed === undefined ? [] : [[each, changed]];
    });
  const reasonOf = (changed: Message, at = now): string => {
    const result = scheme.verify(changed, [secret], at);
    return result.valid ? 'valid' : result.reason;
  };

  test('is valid with any of several secrets', () => {
    expect(scheme.verify(message(), [otherSecret, secret], now)).toMatchObject({ valid: true, secret });
    expect(scheme.verify(message(), [otherSecret], now)).toEqual({ valid: false, reason: 'signature-mismatch' });
  });

  test('distinguishes another body, a missing signature, two of them, and half of one', () => {
    const { signatureHeader } = scheme;
    expect(reasonOf(message({ body: Buffer.concat([body, Buffer.from(' ')]) }))).toBe('signature-mismatch');
    expect(reasonOf(message({ headers: withHeader(signatureHeader, () => undefined) }))).toBe('signature-missing');
    expect(reasonOf(message({ headers: withHeader(signatureHeader, () => '') }))).toBe('signature-missing');
    expect(reasonOf(message({ headers: [...headers, [signatureHeader, vector.value]] }))).toBe('signature-ambiguous');
    expect(reasonOf(message({ headers: withHeader(signatureHeader, value => value.slice(0, -5)) }))).toBe(
      'signature-malformed',
    );
    expect(reasonOf(message({ headers: withHeader(signatureHeader, value => `${value}ff`) }))).toBe(
      'signature-malformed',
    );
  });

  const { timestamp } = definition;
  if (timestamp?.header !== undefined) {
    const { header } = timestamp;
    test('the timestamp is signed, required, and must be valid', () => {
      expect(reasonOf(message({ headers: withHeader(header, value => `${value}0`) }))).toBe('signature-mismatch');
      expect(reasonOf(message({ headers: withHeader(header, () => undefined) }))).toBe('timestamp-missing');
      expect(reasonOf(message({ headers: [...headers, [header, '1']] }))).toBe('signature-ambiguous');
      const odd = scheme
        .hmac(bare, { timestamp: 'now', id: vector.id ?? '' }, { key: secret.key, algorithm: 'sha256' })
        .digest();
      const { encoding = 'hex', prefix = '', list, key: version = '', pair = '' } = definition.signature;
      const value = `${prefix}${list === undefined ? '' : version + pair}${odd.toString(encoding)}`;
      const signed = withHeader(scheme.signatureHeader, () => value);
      const changed = signed.map(([name, text]): Header => [name, name === header ? 'now' : text]);
      expect(reasonOf(message({ headers: changed }))).toBe('timestamp-malformed');
    });
  }

  if (timestamp)
    test('the tolerance is the definition’s, and nothing is too old without a clock', () => {
      const century = 100 * 365 * 86_400_000;
      const [past, future] = [timestamp.past, timestamp.future].map(text =>
        text === null ? undefined : milliseconds(text),
      );
      expect(reasonOf(message(), later(now, past ?? century))).toBe('valid');
      if (past) expect(reasonOf(message(), later(now, past + 1))).toBe('timestamp-too-old');
      expect(reasonOf(message(), later(now, -(future ?? century)))).toBe('valid');
      if (future) expect(reasonOf(message(), later(now, -future - 1))).toBe('timestamp-in-the-future');
      expect(scheme.verify(message(), [secret]).valid).toBe(true);
    });

  if (timestamp)
    test('another tolerance replaces the definition’s', () => {
      const strict = scheme.withTolerance({ past: '1s', future: '0s' });
      const reasonAt = (at: Date) => strict.verify(message(), [secret], at);
      expect(reasonAt(later(now, 1000)).valid).toBe(true);
      expect(reasonAt(later(now, 1001))).toMatchObject({ valid: false, reason: 'timestamp-too-old' });
      expect(reasonAt(later(now, -1))).toMatchObject({ valid: false, reason: 'timestamp-in-the-future' });
      const lax = scheme.withTolerance({ past: null, future: null });
      expect(lax.isTimed).toBe(false);
      expect(lax.verify(message(), [secret], later(now, 3_000_000_000_000)).valid).toBe(true);
    });

  const { id: place } = definition;
  if (typeof place === 'object' && definition.signed?.includes('{id}') === true)
    test('the id is signed and required', () => {
      const { header } = place;
      expect(reasonOf(message({ headers: withHeader(header, value => `${value}x`) }))).toBe('signature-mismatch');
      expect(reasonOf(message({ headers: withHeader(header, () => undefined) }))).toBe('id-missing');
    });

  if (definition.signature.list !== undefined)
    test('any matching entry of the list is enough, in any order, and other versions are skipped', () => {
      const { list, pair = '', key: version = '' } = definition.signature;
      const entries = vector.value.split(list!);
      const wrong = vector.value.replace(
        /[A-Za-z0-9+/_-]{20,}=*/,
        text => `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`,
      );
      const wrongEntry = wrong.split(list!).find(entry => entry.startsWith(version + pair)) ?? '';
      const valueOf = (...all: string[]) => withHeader(scheme.signatureHeader, () => all.join(list));
      expect(reasonOf(message({ headers: valueOf(...entries.toReversed()) }))).toBe('valid');
      expect(reasonOf(message({ headers: valueOf(wrongEntry, ...entries, wrongEntry) }))).not.toBe('signature-missing');
      expect(reasonOf(message({ headers: valueOf(`v0${pair}abc`, ...entries) }))).toBe('valid');
      const unknown = entries.map(entry => entry.replace(version + pair, `v9${pair}`));
      expect(reasonOf(message({ headers: valueOf(...unknown) }))).toBe('version-unsupported');
    });
});

test('a template can sign the method, the URL and any header', () => {
  const scheme = new Scheme('test', {
    signature: { header: 'x-signature' },
    signed: '{method} {url} {header.x-nonce} {body}',
  });
  const secret = secretFromKey(Buffer.from('key'), 'the test');
  const url = new URL('http://127.0.0.1:1/a?b=c');
  const message: Message = { method: 'POST', url, headers: [['X-Nonce', 'é']], body: Buffer.from('body') };
  const headers = [...message.headers, ...scheme.sign(message, { secret, now: new Date(0) })];
  expect(scheme.verify({ ...message, headers }, [secret]).valid).toBe(true);
  expect(scheme.verify({ ...message, headers, method: 'PUT' }, [secret]).valid).toBe(false);
  expect(scheme.verify({ ...message, headers, url: new URL('http://127.0.0.1:1/a') }, [secret]).valid).toBe(false);
  expect(scheme.verify({ ...message, headers: [['x-nonce', 'e'], ...headers.slice(1)] }, [secret]).valid).toBe(false);
});

test('refuses a template with an unknown part', () => {
  expect(() => new Scheme('test', { signature: { header: 'a' }, signed: '{bodi}' })).toThrow('{bodi}');
});
