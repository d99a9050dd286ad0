import { expect, test } from 'vitest';
import { hexRows, prettyLines, rawLines, textOfLines } from '../../../src/page/client/body-lines.js';
import { jsonTokens } from '../../../src/json/lexemes.js';

const pretty = (text: string): string | undefined => {
  const lines = prettyLines(text);
  return lines && textOfLines(lines);
};

test('numbers, duplicate keys, escapes and the order of keys stay as written', () => {
  const text = String.raw`{"b":12345678901234567890123,"a":1.0,"a":2,"10":-1E+2,"é":"\u00e9\/"}`;
  expect(pretty(text)).toBe(String.raw`{
  "b": 12345678901234567890123,
  "a": 1.0,
  "a": 2,
  "10": -1E+2,
  "é": "\u00e9\/"
}`);
});

test('each value has its own line, and empty ones stay on one', () => {
  expect(pretty('{"a":[],"b":{ },"c":[1,[null,true]]}')).toBe(
    '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    [\n      null,\n      true\n    ]\n  ]\n}',
  );
  expect(pretty(' "alone" ')).toBe('"alone"');
});

test.each(['', '{', '{"a":1,}', "{'a':1}", 'NaN', '[1] x', '\ufeff{}'])('%j isn’t JSON, and stays text', text => {
  expect(pretty(text)).toBeUndefined();
  expect(textOfLines(rawLines(text))).toBe(text);
});

test('distinguishes keys from strings, whatever they contain', () => {
  const kinds = jsonTokens(String.raw`{"a\"b" : "c:\\", "d":["e"]}`)?.map(({ kind }) => kind);
  expect(kinds).toEqual(
    ['open', 'key', 'colon', 'string', 'comma', 'key', 'colon', 'open', 'string', 'close', 'close'],
  ); // prettier-ignore
});

test('lays out deep nesting without recursion, and limits the indentation', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const lines = prettyLines(deep);
  expect(lines).toHaveLength(199_999);
  expect(lines?.filter(({ level }) => level > 40)).toEqual([]);
});

test('the work grows linearly with the length of a body', () => {
  const escapes = `"${String.raw`\n\"`.repeat(250_000)}"`;
  expect(jsonTokens(escapes)).toHaveLength(1);
  expect(jsonTokens(`[${'"\\\\",'.repeat(200_000)}1]`)).toHaveLength(400_003);
  expect(jsonTokens(`"${'a'.repeat(2_000_000)}"`)).toHaveLength(1);
});

test('marks divide lines, and missing text is shown in its place', () => {
  const marks = [
    { start: 1, end: 3 },
    { start: 4, end: 4, missing: '\r\n' },
  ];
  expect(rawLines('a \nb', marks)).toEqual([
    { level: 0, parts: [{ text: 'a' }, { text: '·↵', isMarked: true }] },
    { level: 0, parts: [{ text: 'b' }, { text: String.raw`\r↵`, isMissing: true }] },
  ]);
});

test('shows bytes in rows of sixteen', () => {
  const rows = hexRows(
    Uint8Array.from({ length: 18 }, (_, index) => index + 0x3a),
    10,
  );
  expect(rows).toEqual([
    { offset: '00000000', hex: '3a 3b 3c 3d 3e 3f 40 41  42 43 44 45 46 47 48 49', text: ':;<=>?@ABCDEFGHI' },
    { offset: '00000010', hex: '4a 4b', text: 'JK' },
  ]);
  expect(hexRows(new Uint8Array(100), 2)).toHaveLength(2);
});
