import fc from 'fast-check';
import { expect, test } from 'vitest';
import { structureOf } from '../../src/json/structure.js';
import { readJsonText } from '../../src/json/text.js';

const mayHideMore = (text: string): boolean => structureOf(text, JSON.parse(text)).mayHideMore;

test.each([
  '{"a":1,"b":[true,false,null,"x"],"c":{}}',
  '{ "a": [ 1, 2 ] }',
  '{"a":"\\u00e9\\n\\""}',
  '{"a":"\\ud83d\\ude42"}',
  '{"b":25.5,"c":-100,"d":0,"e":0.05}',
  '[]',
  '""',
  '1',
])('%s shows everything it has', text => {
  expect(mayHideMore(text)).toBe(false);
});

test.each([
  '{"a":1,"a":1}',
  '{"a":1e5,"bcd":1,"bcd":1}',
  '{"a":[1000000000,1e3],"":0,"":0}',
  '{"a":[1e999,1e999],"":0,"":0}',
  '{"a":"\\u0022","a":1}',
  '{"a":12345678901234567890}',
  '{"a":9007199254740993}',
  '{"a":"\\ud83d"}',
  '{"\\u0000":1}',
  '{"a":0.1000000000000000055}',
])('%s may hide something', text => {
  expect(mayHideMore(text)).toBe(true);
});

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
  fc.stringMatching(/^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/),
);

/** Texts with duplicate keys, numbers in every notation, and blanks anywhere. */
const { text } = fc.letrec<{ text: string; member: string }>(tie => ({
  member: fc.tuple(fc.constantFrom('"a"', '"b"', '""', '"\\u0061"'), tie('text')).map(parts => parts.join(':')),
  text: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('true', 'null', '"x"', '"\\u0022"', '"\\/"', '"é"', '"\\ud800"', '"\\u0000"', ' "y" '),
    number,
    fc.array(tie('member'), { maxLength: 3 }).map(members => `{${members.join(',')}}`),
    fc.array(tie('text'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`),
  ),
}));

test('a value that shows everything loses nothing', () => {
  fc.assert(
    fc.property(text, json => {
      if (!mayHideMore(json)) expect(readJsonText(json).lost()).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
