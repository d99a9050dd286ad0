import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { anySigned, now, withHeader, type Signed } from './any-scheme.js';

/** A full search takes a while. */
const runs = { numRuns: 40 };

const signatureOf = ({ scheme }: Signed): number => scheme.headers.indexOf('x-signature');

describe('for any scheme,', () => {
  test('a correct signature has no cause', () => {
    fc.assert(
      fc.property(anySigned, ({ scheme, secret, message }) => {
        expect(diagnose(message, { secrets: [secret] }, scheme)).toBeUndefined();
      }),
      runs,
    );
  });

  test('a signature of random bytes has no known cause', () => {
    fc.assert(
      fc.property(anySigned, fc.uint8Array({ minLength: 64, maxLength: 64 }), (signed, random) => {
        const { scheme, secret, message, isEd25519 } = signed;
        const { timestamp = '' } = scheme.claims.readLoosely(message.headers) ?? {};
        const { length } = Buffer.from(scheme.signature(message, { secret, now }), scheme.encoding);
        const digest = Buffer.from(random.subarray(0, length)).toString(scheme.encoding);
        const headers = withHeader(message, signatureOf(signed), () =>
          scheme.form.write(digest, { timestamp, isEd25519 }),
        );
        expect(diagnose({ ...message, headers }, { secrets: [secret] }, scheme)).toMatchObject({ found: false });
      }),
      runs,
    );
  });

  test('the signature of another body has no known cause', () => {
    fc.assert(
      fc.property(anySigned, fc.uint8Array({ maxLength: 100 }), ({ scheme, secret, message }, other) => {
        const body = Buffer.concat([other, Buffer.from('\0more')]);
        expect(diagnose({ ...message, body }, { secrets: [secret] }, scheme)).toMatchObject({ found: false });
      }),
      runs,
    );
  });

  test('a signed final newline is found', () => {
    fc.assert(
      fc.property(anySigned, ({ scheme, secret, message }) => {
        const bare = { ...message, headers: [], body: Buffer.concat([message.body, Buffer.from('\n')]) };
        const headers = scheme.sign(bare, { secret, now, id: 'evt_1' });
        const diagnosis = diagnose({ ...message, headers }, { secrets: [secret] }, scheme);
        expect(diagnosis).toMatchObject({ found: true, findings: [{ id: 'with-final-lf' }] });
      }),
      runs,
    );
  });

  test('no headers make it throw', () => {
    fc.assert(
      fc.property(anySigned, fc.string(), ({ scheme, secret, message }, value) => {
        const spoilt = message.headers.map(([name]) => [name, value] as const);
        expect(() => diagnose({ ...message, headers: spoilt }, { secrets: [secret] }, scheme)).not.toThrow();
        expect(() => diagnose({ ...message, headers: [] }, { secrets: [secret] }, scheme)).not.toThrow();
      }),
      runs,
    );
  });
});
