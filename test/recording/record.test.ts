import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeRecord, requestOf, type DecodedLine } from '../../src/recording/decode.js';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import type { Header } from '../../src/http/header.js';

const factsOf = (body: Uint8Array, headers: readonly Header[] = []): RecordFacts => ({
  ...{ kind: 'request', id: 'a1', seq: 1, receivedAt: '2026-01-01T00:00:00.000Z', method: 'POST', target: '/' },
  ...{ httpVersion: '1.1', headers, body, complete: true, remote: '127.0.0.1:1' },
});

/** The single line of a record, without its line breaks. */
const lineOf = (facts: RecordFacts): Buffer => encodeRecord(facts).subarray(0, -1);

const whole = (decoded: DecodedLine) => {
  if ('flaw' in decoded) throw new Error(JSON.stringify(decoded));
  return decoded;
};

/** Any string, including one that UTF-8 can't encode. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 12 }).map(units => String.fromCharCode(...units));
const oddText = fc.constantFrom(
  '',
  '\r',
  '\n',
  '\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\0',
  '\xff',
  '"end":true}',
  '\ud800',
);
const someText = fc.oneof(anyText, oddText, fc.string());
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.constantFrom('', 'ff', '00', 'efbbbf7b7d', '0d0a0d0a', '0a', 'c328', '22656e64223a747275657d').map(hex => Buffer.from(hex, 'hex')),
); // prettier-ignore

describe('a record', () => {
  test('is read back as it was written, for any bytes and headers', () => {
    const headers = fc.array(fc.tuple(someText, someText));
    const anyFacts = fc.record({ body: anyBody, headers, target: someText, complete: fc.boolean() });
    fc.assert(
      fc.property(anyFacts, ({ body, headers, ...facts }) => {
        const encoded = encodeRecord({ ...factsOf(body, headers), ...facts });
        expect(encoded.filter(byte => byte === 0x0a)).toHaveLength(1);
        const decoded = whole(decodeRecord(encoded.subarray(0, -1)));
        expect(decoded.body.equals(body)).toBe(true);
        expect(requestOf(decoded)).toMatchObject({
          ...{ method: 'POST', target: facts.target, headers, findings: [] },
          fidelity: facts.complete ? 'exact' : 'incomplete',
        });
      }),
    );
  });

  test('of a mebibyte is read back as it was written', () => {
    const bytes = randomBytes(1024 ** 2);
    const { record, body } = whole(decodeRecord(lineOf(factsOf(bytes))));
    expect(body.equals(bytes)).toBe(true);
    expect(record).toMatchObject({
      bodyLength: 1024 ** 2,
      bodySha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  test('is one line that starts with its version and ends with its end mark', () => {
    const text = encodeRecord(factsOf(Buffer.from('{}'), [['a', 'b']])).toString();
    expect(text).toMatch(/^\{"v":1,.*,"end":true\}\n$/);
  });

  test('keeps all its facts', () => {
    const verdict = { status: 401, signature: 'signature-mismatch' };
    const { body, headers, ...facts } = { ...factsOf(Buffer.from('x')), kind: 'reply' as const, of: 'a0', status: 200 };
    const { record } = whole(decodeRecord(lineOf({ ...facts, body, headers, verdict })));
    expect(record).toMatchObject({ ...facts, verdict, v: 1, rawHeaders: [], redacted: [], end: true });
  });
});

describe('a credential', () => {
  const doors = ['authorization', 'Cookie', 'PROXY-Authorization', 'Set-Cookie'];

  test('is left out and marked', () => {
    const headers = doors.map((name): Header => [name, `canary of ${name}`]);
    const line = lineOf(factsOf(Buffer.from(''), [['x-a', '1'], ...headers, ['x-b', '2'], ['cookie', 'canary']]));
    expect(line.toString()).not.toContain('canary');
    const { record, body } = whole(decodeRecord(line));
    expect(record.redacted).toEqual([...doors, 'cookie']);
    const names = ['x-a', ...doors, 'x-b', 'cookie'];
    expect(record.rawHeaders.map(([name]) => name)).toEqual(names);
    expect(record.rawHeaders.filter(([, value]) => /^\d$/.test(value))).toEqual([['x-a', '1'], ['x-b', '2']]); // prettier-ignore
    expect(requestOf({ record, body }).findings).toEqual(['headers-redacted']);
  });

  test('is the only thing that is left out', () => {
    const headers: Header[] = [['x-authorization', 'a'], ['cookies', 'b'], ['x-fin-signature', 'c']]; // prettier-ignore
    expect(whole(decodeRecord(lineOf(factsOf(Buffer.from(''), headers)))).record).toMatchObject({
      rawHeaders: headers,
      redacted: [],
    });
  });
});

describe('a line', () => {
  const body = Buffer.from('{"a":"bc"}\r\n');
  const line = lineOf(factsOf(body, [['x-a', '"end":true}']]));

  test('that ends early is torn', () => {
    for (let length = 1; length < line.length; length += 1) {
      expect(decodeRecord(line.subarray(0, length))).toEqual({ flaw: 'torn' });
    }
  });

  test.each(['bodyBase64', 'bodyLength', 'bodySha256'])('with any bit flipped in its %s is corrupt', key => {
    const start = line.indexOf(`"${key}":`) + `"${key}":`.length;
    const end = line.indexOf(',', start);
    for (let bit = start * 8; bit < end * 8; bit += 1) {
      const flipped = Buffer.from(line);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(decodeRecord(flipped)).toMatchObject({ flaw: 'corrupt' });
    }
  });

  test('with any bit flipped never has another body', () => {
    for (let bit = 0; bit < line.length * 8; bit += 1) {
      const flipped = Buffer.from(line);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const decoded = decodeRecord(flipped);
      if (!('flaw' in decoded)) expect(decoded.body.equals(body)).toBe(true);
    }
  });

  const record = JSON.parse(line.toString()) as Record<string, unknown>;
  const { end, ...open } = record;

  test.each([
    ['a newer version', { ...open, v: 2, bodyBase64: 7 }, 'a newer version of webhook-cli wrote it'],
    ['no version', { ...open, v: undefined }, "it isn't a record"],
    ['an unknown kind', { ...open, kind: 'dream' }, "it isn't a record"],
    ['a header without a value', { ...open, rawHeaders: [['a']] }, "it isn't a record"],
    ['another length', { ...open, bodyLength: 1 }, "its body doesn't have the recorded length"],
    ['another sha256', { ...open, bodySha256: '00' }, "its body doesn't have the recorded sha256"],
  ])('with %s is corrupt', (_, content, reason) => {
    expect(decodeRecord(Buffer.from(JSON.stringify({ ...content, end })))).toEqual({ flaw: 'corrupt', reason });
  });

  test.each([
    ['{"a":,"end":true}', "it isn't JSON"],
    ['"end":true}', "it isn't JSON"],
    ['{"end":true}', "it isn't a record"],
    ['\xff{"end":true}', "it isn't JSON"],
  ])('that isn’t a record, %s, is corrupt', (text, reason) => {
    expect(decodeRecord(Buffer.from(text, 'latin1'))).toEqual({ flaw: 'corrupt', reason });
  });

  test('of a later version with more fields is read', () => {
    const later = Buffer.from(JSON.stringify({ ...open, mood: 'fine', end }));
    expect(whole(decodeRecord(later)).body.equals(body)).toBe(true);
  });

  test('of any bytes is read or has a flaw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map(text => Buffer.from(text)),
        ),
        bytes => {
          for (const ending of ['', '"end":true}', ',"end":true}']) {
            expect(decodeRecord(Buffer.concat([bytes, Buffer.from(ending)]))).toHaveProperty('flaw');
          }
        },
      ),
    );
  });
});
