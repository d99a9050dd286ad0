import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { body, explained, fill, key, mistaken, now, secretOf, signedBy, textOf } from './mistakes/mistaken.js';
import { contentCases, encodedSecretCases, type Values } from './mistakes/schemes.js';

describe.each(Object.values(schemes))('$name', scheme => {
  const { definition, encoding } = scheme;
  const signed = signedBy(scheme);

  describe('finds what was signed instead of its content:', () => {
    const cases = contentCases.flatMap(({ template, ...each }) => {
      const other = template(signed, definition);
      return other === undefined ? [] : [{ ...each, other }];
    });
    test.each(cases)('$id: $other', ({ id, other, values, headers = [] }) => {
      const content = (own: Values) => fill(other, { ...own, ...values?.(own, definition) });
      expect(explained(scheme, { content, headers })).toEqual([id]);
    });
  });

  test('finds a mistake about any body', () => {
    const cases = [
      ['{"a": 1}', '{"a":1}', 'json-compact'],
      ['{"a":1}', '{"a":1}\n', 'with-final-lf'],
      ['token=a&text=b+c', 'token=a&text=b+c\n', 'with-final-lf'],
      ['token=a&text=b+c', 'token=a&text=b c', 'plus-for-blank'],
      ['plain text\n', 'plain text', 'without-final-newline'],
      ['<a>\r\n</a>', '<a>\n</a>', 'lf-for-crlf'],
      ['payload=%7B%22a%22%3A1%7D', '{"a":1}', 'form-decoded'],
    ] as const;
    for (const [arrived, used, id] of cases)
      expect(explained(scheme, { arrived: Buffer.from(arrived), content: own => fill(signed, own, used) })).toEqual([
        id,
      ]);
  });

  test('finds two mistakes together', () => {
    const arrived = Buffer.from('{"a": 1}');
    if (signed !== '{body}')
      expect(explained(scheme, { arrived, content: () => '{"a":1}' })).toEqual(['json-compact', 'body-alone']);
    const used = scheme.secrets.encoding === 'text' ? `${textOf(scheme)}\n` : textOf(scheme);
    const id = scheme.secrets.encoding === 'text' ? 'secret-with-final-lf' : 'secret-not-decoded';
    expect(explained(scheme, { arrived, used, content: own => fill(signed, own, '{"a":1}') })).toEqual(['json-compact', id]); // prettier-ignore
    if (signed !== '{body}') expect(explained(scheme, { used, content: () => body })).toEqual(['body-alone', id]);
  });

  test('finds a change to its secret', () => {
    const text = textOf(scheme);
    if (scheme.secrets.encoding !== 'text') {
      for (const { id, used } of encodedSecretCases) {
        const bytes = used(text, key);
        if (bytes !== undefined) expect(explained(scheme, { used: bytes })).toEqual([id]);
      }
      expect(explained(scheme, { used: `${text}\n` })).toEqual(['secret-not-decoded', 'secret-with-final-lf']);
      return;
    }
    const bare = text.slice('whsec_'.length);
    expect(explained(scheme, { used: bare })).toEqual(['secret-without-whsec']);
    expect(explained(scheme, { used: Buffer.from(bare, 'base64') })).toEqual(['secret-without-whsec-base64-decoded']);
    expect(explained(scheme, { used: Buffer.from(text, 'base64') })).toEqual(['secret-decoded-with-whsec']);
  });

  test('names another known secret', () => {
    const message = mistaken(scheme, { used: 'quite another one' });
    const others = [createSecret(Buffer.from('quite another one'), 'the other')];
    const diagnosis = diagnose(message, { secrets: [secretOf(scheme)], others }, scheme);
    expect(diagnosis).toMatchObject({ found: true, origin: 'the other', findings: [{ id: 'another-secret' }] });
  });

  test('names another algorithm', () => {
    expect(explained(scheme, { algorithm: 'sha1' })).toEqual(['sha1']);
    expect(explained(scheme, { algorithm: 'sha512' })).toEqual(['sha512']);
  });

  test.each(['hex', 'base64', 'base64url'] as const)('names a signature in %s, if the scheme uses another', other => {
    if (other === encoding) return;
    const spell = (digest: Buffer) => digest.toString(other);
    const content = (own: Values) => fill(signed, own);
    // The two kinds of base64 may differ only in the padding.
    const names = other === 'hex' ? ['hex'] : ['base64', 'base64url', 'padding'];
    const ids = explained(scheme, { spell, content });
    expect(ids).toHaveLength(1);
    expect(names).toContain(ids[0]);
  });

  test('reads a value with the wrong text around it', () => {
    const { prefix, list, key: name = '', pair = '' } = definition.signature;
    if (prefix !== undefined) {
      expect(explained(scheme, { write: (_, digest) => digest })).toEqual(['form']);
      expect(explained(scheme, { algorithm: 'sha1', write: (_, digest) => `sha1=${digest}` })).toEqual([
        'sha1',
        'form',
      ]);
    }
    if (list !== undefined) {
      const renamed = (value: string) => value.replace(`${name}${pair}`, `v9${pair}`);
      expect(explained(scheme, { write: renamed })).toEqual(['version']);
      expect(explained(scheme, { spell: digest => `${name}${pair}${digest.toString(encoding)}` })).toEqual(['prefix']);
    }
    if (prefix === undefined && list === undefined)
      expect(explained(scheme, { write: value => `sha256=${value}` })).toEqual(['prefix']);
  });

  test('finds a signature in another header', () => {
    const message = mistaken(scheme, {});
    const headers = message.headers.map(([name, value]): Header => [name === scheme.signatureHeader ? 'X-Hub-Signature' : name, value]); // prettier-ignore
    const renamed = { ...message, headers };
    const told = diagnose(renamed, { secrets: [secretOf(scheme)] }, scheme);
    const expected = { id: 'another-header', words: `the signature is in x-hub-signature, not in ${scheme.signatureHeader}` }; // prettier-ignore
    expect(told).toMatchObject({ found: true });
    if (told?.found) expect(told.findings).toContainEqual(expect.objectContaining(expected));
    const bad = headers.map(([name, value]): Header => [name, value.replaceAll(/[a-f]/g, 'e')]);
    expect(diagnose({ ...renamed, headers: bad }, { secrets: [secretOf(scheme)] }, scheme)).toBeUndefined();
  });

  test('claims no cause for a random signature', () => {
    const anyDigest = fc.constantFrom(20, 32, 48, 64).chain(length => fc.uint8Array({ minLength: length, maxLength: length })); // prettier-ignore
    fc.assert(
      fc.property(anyDigest, fc.uint8Array({ maxLength: 64 }), (digest, arrived) => {
        const spell = () => Buffer.from(digest).toString(encoding);
        const message = mistaken(scheme, { arrived: Buffer.from(arrived), spell });
        expect(diagnose(message, { secrets: [secretOf(scheme)] }, scheme)).toMatchObject({ found: false });
      }),
      { numRuns: 10 },
    );
  });

  test('explains nothing about a correct signature', () => {
    const message = mistaken(scheme, {});
    expect(scheme.verify(message, [secretOf(scheme)], now).valid).toBe(true);
    expect(diagnose(message, { secrets: [secretOf(scheme)] }, scheme)).toBeUndefined();
  });

  test('shows neither a key nor its text', () => {
    const used = Buffer.from('whsec_+/8AAX+Aw+L3751b', 'base64');
    const message = mistaken(scheme, { used, content: () => body });
    const told = JSON.stringify(diagnose(message, { secrets: [secretOf(scheme)] }, scheme));
    for (const text of [textOf(scheme), key.toString('base64'), key.toString('hex')]) expect(told).not.toContain(text);
  });
});
