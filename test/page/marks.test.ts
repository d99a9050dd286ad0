import { describe, expect, test } from 'vitest';
import { marksBetween } from '../../src/page/marks.js';
import { unlimited } from '../../src/scheme/explain/budget.js';
import { diagnoseWithin } from '../../src/scheme/explain/diagnose.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { requestOf, sign, signatureHeader } from '../support/fin.js';

const secret = createSecret(Buffer.from('canary-of-marks'), 'test');

/** The marks in a body whose signature belongs to another, as the search for causes finds it: `«marked»`, `‹missing›`. */
function marked(body: string, signed: string | Buffer): string {
  let found: Uint8Array | undefined;
  const request = requestOf(Buffer.from(body), [[signatureHeader, sign(Buffer.from(signed), secret)]]);
  diagnoseWithin(unlimited, signedBody => (found = signedBody))(request, { secrets: [secret] }, schemes.fin);
  return withMarks(body, found ? marksBetween(Buffer.from(body), found) : []);
}

function withMarks(body: string, marks: ReturnType<typeof marksBetween>): string {
  let [text, end] = ['', 0];
  for (const mark of marks) {
    text += body.slice(end, mark.start);
    if (mark.missing !== undefined) text += `‹${mark.missing}›`;
    if (mark.end > mark.start) text += `«${body.slice(mark.start, mark.end)}»`;
    end = mark.end;
  }
  return text + body.slice(end);
}

test.each<[what: string, bodies: { body: string; signed: string | Buffer }, expected: string]>([
  ['an added newline', { body: '{"a":1}\n', signed: '{"a":1}' }, '{"a":1}«\n»'],
  ['a missing newline', { body: '{"a":1}', signed: '{"a":1}\n' }, '{"a":1}‹\n›'],
  ['line ends that were converted', { body: 'a\r\nb\r\n', signed: 'a\nb\n' }, 'a«\r»\nb«\r»\n'],
  ['line ends that were converted back', { body: 'a\nb', signed: 'a\r\nb' }, 'a‹\r›\nb'],
  ['a byte order mark', { body: '\ufeff{}', signed: '{}' }, '«\ufeff»{}'],
  [
    'blanks added to compact JSON',
    { body: '{ "a": 1,\n"b":[ ]}', signed: '{"a":1,"b":[]}' },
    '{« »"a":« »1,«\n»"b":[« »]}',
  ],
  [
    'blanks that compact JSON has lost',
    { body: '{"a":1,"b":2}', signed: '{"a": 1, "b": 2}' },
    '{"a":‹ ›1,‹ ›"b":‹ ›2}',
  ],
  [
    'lines that compact JSON has lost',
    { body: '{"a":1,"b":2}', signed: '{\n  "a": 1,\n  "b": 2\n}' },
    '{‹\n  ›"a":‹ ›1,‹\n  ›"b":‹ ›2‹\n›}',
  ],
  ['lines that were indented otherwise', { body: '{\n  "a": 1\n}', signed: '{\n    "a": 1\n}' }, '{\n  ‹  ›"a": 1\n}'],
  [
    'keys that were sorted',
    { body: '{"b":1,"a":2,"c":{"d":3}}', signed: '{"a":2,"b":1,"c":{"d":3}}' },
    '{«"b":1,»"a":2,‹"b":1,›"c":{"d":3}}',
  ],
  ['slashes that were escaped', { body: '{"a":"b/c"}', signed: String.raw`{"a":"b\/c"}` }, String.raw`{"a":"b‹\›/c"}`],
  [
    'characters beyond ASCII',
    { body: '{"ä":"bé"}', signed: String.raw`{"\u00e4":"b\u00e9"}` },
    String.raw`{"‹\u00e4›«ä»":"b‹\u00e9›«é»"}`,
  ],
  [
    'numbers that were written otherwise',
    { body: '{"a":1.50,"b":2}', signed: '{"a":1.5,"b":2}' },
    '{"a":1.5«0»,"b":2}',
  ],
  ['an encoding of one byte a character', { body: 'a é b', signed: Buffer.from('a é b', 'latin1') }, 'a «é» b'],
  ['two mistakes', { body: '{"a": 1}', signed: '{"a":1}\n' }, '{"a":« »1}‹\n›'],
])('%s', (_, { body, signed }, expected) => {
  expect(marked(body, signed)).toBe(expected);
});

describe('marks nothing', () => {
  test.each([
    ['if no cause was found', '{"a":1}', 'something else'],
    ['if hardly anything is the same', '{"a":1}', ''],
    ['if the body was signed in an envelope', '{"a":1}', Buffer.from('{"a":1}').toString('base64')],
  ])('%s', (_, body, signed) => {
    expect(marked(body, signed)).toBe(body);
  });

  test('if the signature is right', () => {
    expect(marked('{"a":1}', '{"a":1}')).toBe('{"a":1}');
  });

  test('in binary data and very long texts', () => {
    expect(marksBetween(Buffer.from([0xff, 0xfe]), Buffer.from([0xff]))).toEqual([]);
    const long = Buffer.alloc(600_000, '[]');
    expect(marksBetween(long, Buffer.concat([long, Buffer.from('\n')]))).toEqual([]);
  });

  test('if there would be thousands of marks', () => {
    const body = JSON.stringify(Array.from({ length: 6000 }, (_, index) => index));
    expect(marksBetween(Buffer.from(body), Buffer.from(body.replaceAll(',', ', ')))).toEqual([]);
  });
});

test('stops searching texts that have only their lengths in common', () => {
  const [body, signed] = ['ab', 'cd'].map(letters =>
    Buffer.from(Array.from({ length: 100_000 }, (_, index) => letters[(index * index) % 2]).join(' ')),
  );
  expect(marksBetween(body!, signed!)).toEqual([]);
});
