import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { readTimestamp } from '../../src/scheme/timestamp.js';
import type { Message } from '../../src/scheme/message.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { secretFromKey } from '../../src/scheme/secret.js';
import { vectors, type Vector } from './vectors.js';

const timeOf = ({ definition, timestamp = '0' }: Vector): Date =>
  new Date(readTimestamp(timestamp, definition.timestamp?.unit ?? 's') ?? 0);

const later = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds);

describe.each(vectors)('$source', vector => {
  const { definition, key, body, id } = vector;
  const scheme = new Scheme('test', definition);
  const secret = secretFromKey(key, 'the vector');
  const now = timeOf(vector);
  const bare: Message = { method: 'POST', headers: [], body: Buffer.from(body) };
  const headers = scheme.sign(bare, { secret, now, id });
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

  test('signs as published, with the headers of the scheme and no others', () => {
    expect(headers.find(([name]) => name === scheme.signatureHeader)?.[1]).toBe(vector.value);
    expect(headers.map(([name]) => name)).toEqual(scheme.headers);
  });

  test('verifies what it signs, by any of several secrets', () => {
    expect(reasonOf(message())).toBe('valid');
    expect(scheme.verify(message(), [secretFromKey(Buffer.from('other'), 'other'), secret], now).valid).toBe(true);
    expect(scheme.verify(message(), [secretFromKey(Buffer.from('other'), 'other')], now)).toEqual({
      valid: false,
      reason: 'signature-mismatch',
    });
  });

  test('another body, a missing signature, two of them and half of one are told apart', () => {
    const { signatureHeader } = scheme;
    expect(reasonOf(message({ body: Buffer.from(`${body} `) }))).toBe('signature-mismatch');
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
    test('the timestamp is signed, has to be there, and has to be one', () => {
      expect(reasonOf(message({ headers: withHeader(header, value => `${value}0`) }))).toBe('signature-mismatch');
      expect(reasonOf(message({ headers: withHeader(header, () => undefined) }))).toBe('timestamp-missing');
      expect(reasonOf(message({ headers: [...headers, [header, '1']] }))).toBe('signature-ambiguous');
      const odd = scheme
        .hmac(bare, { timestamp: 'now', id: id ?? '' }, { key: secret.key, algorithm: 'sha256' })
        .digest();
      const { encoding = 'hex', prefix = '', list, key: version = '', pair = '' } = definition.signature;
      const value = `${prefix}${list === undefined ? '' : version + pair}${odd.toString(encoding)}`;
      const signed = withHeader(scheme.signatureHeader, () => value);
      const changed = signed.map(([name, text]): Header => [name, name === header ? 'now' : text]);
      expect(reasonOf(message({ headers: changed }))).toBe('timestamp-malformed');
    });
  }

  if (timestamp?.past === '5m')
    test('the tolerance counts in both directions, and not without a clock', () => {
      expect(reasonOf(message(), later(now, 300_000))).toBe('valid');
      expect(reasonOf(message(), later(now, 301_000))).toBe('timestamp-too-old');
      expect(reasonOf(message(), later(now, -300_000))).toBe('valid');
      expect(reasonOf(message(), later(now, -301_000))).toBe('timestamp-in-the-future');
      expect(scheme.verify(message(), [secret]).valid).toBe(true);
    });

  const { id: place } = definition;
  if (typeof place === 'object')
    test('the id is signed, and has to be there', () => {
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

test('a template with a part that does not exist is refused', () => {
  expect(() => new Scheme('test', { signature: { header: 'a' }, signed: '{bodi}' })).toThrow('{bodi}');
});
