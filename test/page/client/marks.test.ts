import { expect, test } from 'vitest';
import { marksFor } from '../../../src/page/client/marks.js';
import { createSecret } from '../../../src/scheme/secret.js';
import { diagnose, sign, signatureHeader } from '../../support/fin.js';

const secret = createSecret(Buffer.from('canary-of-marks'), 'test');

/** What is marked in a body whose signature is of another one, as the search for causes finds it: `«marked»`, `‹missing›`. */
function marked(body: string, signed: string): string {
  const headers: [string, string][] = [[signatureHeader, sign(Buffer.from(signed), secret)]];
  const marks = marksFor(diagnose({ body: Buffer.from(body), headers }, [secret]), body);
  let [text, end] = ['', 0];
  for (const mark of marks) {
    text += body.slice(end, mark.start);
    if (mark.missing !== undefined) text += `‹${mark.missing}›`;
    if (mark.end > mark.start) text += `«${body.slice(mark.start, mark.end)}»`;
    end = mark.end;
  }
  return text + body.slice(end);
}

test.each<[what: string, bodies: { body: string; signed: string }, expected: string]>([
  ['a newline that was added', { body: '{"a":1}\n', signed: '{"a":1}' }, '{"a":1}«\n»'],
  ['a newline that is missing', { body: '{"a":1}', signed: '{"a":1}\n' }, '{"a":1}‹\n›'],
  ['line ends that were converted', { body: 'a\r\nb\r\n', signed: 'a\nb\n' }, 'a«\r»\nb«\r»\n'],
  ['line ends that were converted back', { body: 'a\nb', signed: 'a\r\nb' }, 'a‹\r›\nb'],
  ['a byte order mark', { body: '\ufeff{}', signed: '{}' }, '«\ufeff»{}'],
  [
    'blanks of JSON that was compact',
    { body: '{ "a": 1,\n"b":[ ]}', signed: '{"a":1,"b":[]}' },
    '{« »"a":« »1,«\n»"b":[« »]}',
  ],
  [
    'blanks that compact JSON has lost',
    { body: '{"a":1,"b":2}', signed: '{"a": 1, "b": 2}' },
    '{"a":‹ ›1,‹ ›"b":‹ ›2}',
  ],
  ['slashes that were escaped', { body: '{"a":"b/c"}', signed: String.raw`{"a":"b\/c"}` }, '{"a":"b«/»c"}'],
  ['what is beyond ASCII', { body: '{"ä":"bé"}', signed: String.raw`{"\u00e4":"b\u00e9"}` }, '{"«ä»":"b«é»"}'],
])('%s', (_, { body, signed }, expected) => {
  expect(marked(body, signed)).toBe(expected);
});

test('nothing is marked where the cause says no place, or there is none', () => {
  expect(marked('{"b":1,"a":2}', '{"a":2,"b":1}')).toBe('{"b":1,"a":2}');
  expect(marked('{"a":1}', 'something else')).toBe('{"a":1}');
  expect(marksFor(undefined, '{"a":1}\n')).toEqual([]);
});
