import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indented } from '../../src/json/indented.js';

test('JSON is laid out as by JSON.stringify, whatever blanks it had', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
      const value: unknown = JSON.parse(json);
      expect(indented(JSON.stringify(value, undefined, space))).toBe(JSON.stringify(value, undefined, 2));
    }),
  );
});

test('numbers, escapes and duplicate keys stay as written', () => {
  expect(indented('{"n":1.00e3,"a":"\\u0041 { \\" ,","n":12345678901234567890}')).toBe(
    '{\n  "n": 1.00e3,\n  "a": "\\u0041 { \\" ,",\n  "n": 12345678901234567890\n}',
  );
});
