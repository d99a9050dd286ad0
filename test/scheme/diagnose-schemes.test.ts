import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import type { Encoding, SchemeDefinition } from '../../src/scheme/definition.js';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { createSecret } from '../../src/scheme/secret.js';

const secret = createSecret(Buffer.from('a secret'), 'the test');
const now = new Date('2026-01-31T09:30:00Z');
const body = Buffer.from('{"a": 1}');

/** The findings after changing a value of the signature header, with another body signed. */
function found(definition: SchemeDefinition, change: (value: string) => string, signed: Buffer = body) {
  const scheme = new Scheme('test', definition);
  const headers = scheme
    .sign({ method: 'POST', headers: [], body: signed }, { secret, now, id: 'evt_1' })
    .map(([name, value]): Header => [name, name === scheme.signatureHeader ? change(value) : value]);
  const message = { method: 'POST', headers, body };
  expect(scheme.verify(message, [secret], now).valid).toBe(false);
  const diagnosis = diagnose(message, { secrets: [secret] }, scheme);
  return diagnosis?.found ? diagnosis.findings.map(({ id, remedy }) => ({ id, remedy })) : diagnosis;
}

const listed: SchemeDefinition = {
  signature: { header: 'x-signature', list: ',', pair: '=', key: 'v1' },
  signed: '{timestamp}.{body}',
  timestamp: { key: 't', past: '5m', future: '5m' },
};

const encoded = (encoding: Encoding): SchemeDefinition => ({ signature: { header: 'x-signature', encoding } });

const recoded = (from: Encoding, to: Encoding) => (value: string) => Buffer.from(value, from).toString(to);

test('every attempt includes what a scheme signs besides the body', () => {
  const unchanged = (value: string) => value;
  expect(found(listed, unchanged, Buffer.from('{"a":1}'))).toMatchObject([{ id: 'json-compact' }]);
  const separate = { ...listed, signature: { header: 'x-signature' }, timestamp: { header: 'x-time', past: null, future: null } }; // prettier-ignore
  expect(found(separate, unchanged, Buffer.from('{"a":1}'))).toMatchObject([{ id: 'json-compact' }]);
});

test('one entry of a list is enough', () => {
  const change = (value: string) => `v1=${'0'.repeat(64)},${value}`;
  expect(found(listed, change, Buffer.from('{"a": 1}\n'))).toMatchObject([{ id: 'with-final-lf' }]);
});

describe('shows the right form of a malformed value:', () => {
  test('a prefix that is missing', () => {
    const definition = { signature: { header: 'x-signature', prefix: 'sha256=' } };
    expect(found(definition, value => value.replace('sha256=', ''))).toEqual([
      { id: 'form', remedy: 'send x-signature: sha256=<signature>' },
    ]);
  });

  test('a list that is missing', () => {
    const untimed = { signature: listed.signature };
    expect(found(untimed, value => value.replace('v1=', ''))).toEqual([
      { id: 'form', remedy: 'send x-signature: v1=<signature>' },
    ]);
  });
});

describe('a spelling is a mistake only if the scheme uses another:', () => {
  test.each<[Encoding, Encoding, string]>([
    ['base64', 'hex', 'hex'],
    ['base64url', 'hex', 'hex'],
    ['hex', 'base64', 'base64'],
  ])('a scheme with %s, and a signature in %s', (own, other, id) => {
    expect(found(encoded(own), recoded(own, other))).toMatchObject([{ id }]);
  });

  test('padding that is missing', () => {
    expect(found(encoded('base64'), value => value.replace(/=+$/, ''))).toEqual([
      { id: 'padding', remedy: 'write the signature in base64, with its padding' },
    ]);
  });
});

test('an algorithm that isn’t weak is reported as different from the scheme’s', () => {
  const scheme = new Scheme('test', { signature: { header: 'x-signature' } });
  const headers = new Scheme('other', { signature: { header: 'x-signature' }, algorithm: 'hmac-sha512' }).sign(
    { method: 'POST', headers: [], body },
    { secret, now },
  );
  expect(diagnose({ method: 'POST', headers, body }, { secrets: [secret] }, scheme)).toMatchObject({
    found: true,
    findings: [{ id: 'sha512', words: "it was made with sha512, which this scheme doesn't use" }],
  });
});
