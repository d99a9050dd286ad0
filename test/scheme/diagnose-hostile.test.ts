import { createHmac } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { algorithmHeader, algorithms, signatureHeader } from '../support/fin.js';
import { diagnose } from '../support/fin.js';
import { sign } from '../support/fin.js';
import { createSecret, secretFromKey } from '../../src/scheme/secret.js';
import { bodyCases } from './mistakes/bodies.js';
import { secretCases } from './mistakes/secrets.js';

const secret = createSecret(Buffer.from('a secret'), 'the test');
const foreign: Header = [signatureHeader, '5'.repeat(64)];

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 512 }),
  fc.json().map(json => Buffer.from(json)),
  fc.uint8Array({ maxLength: 512 }).map(bytes => gzipSync(bytes)),
);
const anyKey = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 80 }).filter(key => key.some(byte => byte !== 0)),
  fc.base64String({ minLength: 4, maxLength: 40 }).map(text => Buffer.from(`whsec_${text}`)),
);

describe('claims no cause', () => {
  const anySignature = fc.oneof(
    fc.constantFrom(16, 20, 32, 48, 64).chain(bytes => fc.uint8Array({ minLength: bytes, maxLength: bytes })),
    fc.uint8Array({ maxLength: 80 }),
  );
  const anySpelling = fc.constantFrom<BufferEncoding[]>('hex', 'base64', 'base64url');
  const anyName = fc.oneof(fc.constantFrom(...algorithms, 'md5', 'SHA256'), fc.string());

  test('for a random signature of a random body', () => {
    fc.assert(
      fc.property(
        anyBody,
        anyKey,
        fc.tuple(anySignature, anySpelling, anyName),
        (body, key, [bytes, spelling, name]) => {
          const signature = Buffer.from(bytes).toString(spelling);
          const headers = [[signatureHeader, signature] as const, [algorithmHeader, name] as const];
          const diagnosis = diagnose({ body, headers }, [secretFromKey(key, 'the test')]);
          expect(diagnosis?.found ?? false).toBe(false);
        },
      ),
    );
  });

  test('for the correct signature of another body, or with another secret', () => {
    fc.assert(
      fc.property(anyBody, anyBody, anyKey, (body, other, key) => {
        const headers = [[signatureHeader, sign(Buffer.concat([other, Buffer.from('\0more')]), secret)] as const];
        expect(diagnose({ body, headers }, [secret])).toMatchObject({ found: false, isComplete: true });
        const foreigner = secretFromKey(Buffer.concat([key, Buffer.from('\0more')]), 'the test');
        expect(diagnose({ body: other, headers }, [foreigner])).toMatchObject({ found: false, isComplete: true });
      }),
      { numRuns: 30 },
    );
  });
});

describe('results contain neither a secret nor a correct signature', () => {
  const spellingsOf = (bytes: string | Uint8Array): string[] => {
    const buffer = Buffer.from(bytes);
    return [buffer.toString(), buffer.toString('hex'), buffer.toString('base64'), buffer.toString('base64url')];
  };

  // A full search takes a while, so the bodies are dealt out among the secrets.
  const dealt = secretCases.map((secretCase, place) => ({
    ...secretCase,
    bodies: bodyCases.filter((_, index) => index % secretCases.length === place),
  }));

  test.each(dealt)('whether $id ($configured) is found or not', ({ configured, used, bodies }) => {
    expect(bodies.length).toBeGreaterThan(1);
    for (const { arrived, signed } of bodies) {
      const body = Buffer.from(arrived);
      const digests = [body, Buffer.from(signed)].flatMap(text =>
        [configured, used].map(key => createHmac('sha256', key).update(text).digest()),
      );
      for (const signature of [createHmac('sha256', used).update(signed).digest('hex'), '5'.repeat(64)]) {
        const headers: Header[] = [[signatureHeader, signature]];
        const told = JSON.stringify(diagnose({ body, headers }, [createSecret(Buffer.from(configured), 'the test')]));
        const forbidden = [configured, used, ...digests].flatMap(spellingsOf).filter(text => text !== 'a secret');
        expect(forbidden.filter(text => told.includes(text))).toEqual([]);
      }
    }
  });
});

/** More than is ever unpacked. */
const zeros = Buffer.alloc(9 * 2 ** 20);
const deep = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);

describe('survives a hostile body:', () => {
  test.each<[string, () => Uint8Array | string, string?]>([
    ['an empty one', () => ''],
    ['arrays 50,000 deep', () => deep(50_000, '[', ']')],
    ['objects 50,000 deep', () => deep(50_000, '{"a":', '}').replace(':}', ':1}')],
    ['arrays 1,000,000 deep', () => deep(1_000_000, '[', ']')],
    ['JSON that swells to gigabytes when it is indented', () => `${'['.repeat(3000)}${'0,'.repeat(500_000)}0${']'.repeat(3000)}`], // prettier-ignore
    ['broken JSON', () => '{"a":'],
    ['invalid UTF-8', () => Buffer.from('7b2261223a22c328ff227d', 'hex')],
    ['a lone surrogate', () => '{"a":"\\ud800"}'],
    ['a number out of range', () => '[1e999,-0,12345678901234567890]'],
    ['a string of backslashes', () => `"${'\\\\'.repeat(200_000)}"`],
    ['a string of quotes', () => `"${'\\"'.repeat(200_000)}"`],
    ['blanks with an end', () => `${' '.repeat(2 ** 20)}x`],
    ['many runs of blanks', () => `${' '.repeat(500)}x`.repeat(2000)],
    ['line breaks alone', () => '\r\n'.repeat(100_000)],
    ['a gzip bomb', () => gzipSync(zeros), 'gzip'],
    ['a zlib bomb', () => deflateSync(zeros), 'deflate'],
    ['a deflate bomb', () => deflateRawSync(zeros), 'deflate'],
    ['a brotli bomb', () => brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }), 'br'],
    ['gzip cut short', () => gzipSync('a body').subarray(0, -4), 'gzip'],
    ['no brotli', () => 'a body', 'br'],
    ['no deflate', () => 'a body', 'deflate'],
  ])('%s', (_, make, encoding = 'identity') => {
    const headers: Header[] = [foreign, ['content-encoding', encoding]];
    expect(diagnose({ body: Buffer.from(make()), headers }, [secret])).toMatchObject({ found: false });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a decompression bomb that would fit the signature isn’t unpacked', () => {
    const headers: Header[] = [[signatureHeader, sign(zeros, secret)]];
    expect(diagnose({ body: gzipSync(zeros), headers }, [secret])).toMatchObject({ found: false });
  });
});

describe('a body of 1 MiB', () => {
  const rows = Array.from({ length: 9500 }, (_, id) => ({ id, name: `/é${'x'.repeat(80)}`, tags: ['a', 'b'] }));
  const body = Buffer.from(JSON.stringify(rows, null, 1));

  test('is searched within the budget', () => {
    expect(body.length).toBeGreaterThan(2 ** 20);
    const diagnosis = diagnose({ body, headers: [foreign] }, [secret]);
    expect(diagnosis).toMatchObject({ found: false, isComplete: false });
  });

  test('is diagnosed like any other', () => {
    const headers: Header[] = [[signatureHeader, sign(Buffer.from(JSON.stringify(rows, null, 4)), secret)]];
    expect(diagnose({ body, headers }, [secret])).toMatchObject({ found: true, findings: [{ id: 'json-4-spaces' }] });
  });
});

test('many secrets and a large body end the search early, which is reported', () => {
  const secrets = Array.from({ length: 40 }, (_, index) => createSecret(Buffer.from(`secret ${index}`), 'the test'));
  const diagnosis = diagnose({ body: Buffer.alloc(2 ** 20), headers: [foreign] }, secrets);
  expect(diagnosis).toEqual({ found: false, tried: 48, isComplete: false });
});
