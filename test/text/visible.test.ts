import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneLine, plainLines, visible } from '../../src/text/visible.js';

/** Characters that must never reach a terminal or a CI log. */
const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u{e0000}-\u{e0fff}]|::|##\[/u;

/** Mostly dangerous characters, so that combinations occur. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ':',
        '#',
        '[',
        '\u001b[',
        '\u009b',
        '\u202e',
        '\u200b',
        '\ufeff',
        '\ud800',
        '\u{e0041}',
        '\\',
        '"',
      ),
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''));

test.each([
  ['a colour', '\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['a cleared screen', '\u001b[2J\u001b[H', '\\u001b[2J\\u001b[H'],
  ['a link (OSC 8)', '\u001b]8;;http://evil\u0007x', '\\u001b]8;;http://evil\\u0007x'],
  ['a sequence begun by one C1 character', '\u009b31m', '\\u009b31m'],
  ['a next line (NEL)', 'a\u0085b', 'a\\u0085b'],
  ['a NUL', 'a\u0000b', 'a\\u0000b'],
  ['a backspace', 'ab\b', 'ab\\u0008'],
  ['a DEL', 'a\u007fb', 'a\\u007fb'],
  ['a tab', 'a\tb', 'a\\u0009b'],
  ['a carriage return', 'good\rbad', 'good\\u000dbad'],
  ['a line feed', 'one\ntwo', 'one\\u000atwo'],
  ['a line and a paragraph separator', '\u2028\u2029', '\\u2028\\u2029'],
  ['an override of direction', 'exe.\u202egpj', 'exe.\\u202egpj'],
  ['isolates of direction', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['marks of direction', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
  ['zero-width characters', 'a\u200bb\u200cc\u200dd\u2060e', 'a\\u200bb\\u200cc\\u200dd\\u2060e'],
  ['a soft hyphen', 'pass\u00adword', 'pass\\u00adword'],
  ['a byte order mark', '\ufeff{}', '\\ufeff{}'],
  ['tags, as two units each', 'a\u{e0041}\u{e007f}', 'a\\udb40\\udc41\\udb40\\udc7f'],
  ['variation selectors beyond the first plane', '\u{e0100}', '\\udb40\\udd00'],
  ['blank letters', '\u115f\u3164\uffa0', '\\u115f\\u3164\\uffa0'],
  ['a non-character', 'a\ufffeb\u{1ffff}c', 'a\\ufffeb\\ud83f\\udfffc'],
  ["a format that isn't a direction", '\u0600\u{13430}', '\\u0600\\ud80d\\udc30'],
  ['a lone high surrogate', '\ud83d!', '\\ud83d!'],
  ['a lone low surrogate', '!\ude00', '!\\ude00'],
  ['a GitHub command', '::add-mask::x', ':\\u003aadd-mask:\\u003ax'],
  ['a GitHub command after a line feed', '\n::error::x', '\\u000a:\\u003aerror:\\u003ax'],
  ['three colons', ':::', ':\\u003a\\u003a'],
  ['a GitHub command after a bracket', '[::error::x]', '[:\\u003aerror:\\u003ax]'],
  ['four colons', '::::', ':\\u003a\\u003a\\u003a'],
  ['an Azure command', '##[error]x', '#\\u0023[error]x'],
  ['an Azure command after another hash', '###[error]x', '#\\u0023\\u0023[error]x'],
  ['an Azure logging command', '##vso[task.setvariable variable=x]y', '#\\u0023vso[task.setvariable variable=x]y'],
  ['a TeamCity command', "##teamcity[message text='x']", "#\\u0023teamcity[message text='x']"],
])('%s is shown and has no effect', (_, hostile, shown) => {
  expect(visible(hostile)).toBe(shown);
});

test.each([
  ['nothing', ''],
  ['ASCII', 'The quick brown fox: 100% of "it" \\ [sic] <b> #1 {x} ~'],
  ['addresses of IPv6', 'http://[::1]:80/ http://[fd00::abcd]:1 [fe80::] [::ffff:7f00:1]'],
  ['accents', 'Zoë Łuczak, São Tomé, Ærøskøbing, Đặng'],
  ['composed accents', 'e\u0301a\u0308'],
  ['Greek, Cyrillic, Hebrew and Arabic', 'Ωμέγα Привет שלום مرحبا'],
  ['Chinese, Japanese and Korean', '客户状态 ステータス 고객'],
  ['plain emoji', '😀🎉🚀'],
  ['flags', '🇳🇱🇧🇷'],
  ['a no-break space', '10\u00a0000'],
  ['marks of our own', '✔ ✘ → ← …'],
  ['single colons', 'a: b:c 12:30 http://host:80/'],
  ['brackets after one hash', '#[x]'],
])('%s stays unchanged', (_, text) => {
  expect(visible(text)).toBe(text);
});

describe('for any input,', () => {
  test('nothing dangerous remains', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(visible(text)).not.toMatch(dangerous);
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing dangerous forms where two texts join with a blank between them', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        expect(`${visible(one)} ${visible(other)}`).not.toMatch(dangerous);
      }),
    );
  });

  test('escaping twice changes nothing more', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  test('a line of JSON stays the same JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), fc.dictionary(hostileText, hostileText)), value => {
        const json = JSON.stringify(value);
        const shown = visible(json);
        expect(shown).not.toMatch(dangerous);
        expect(JSON.parse(shown)).toEqual(JSON.parse(json));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(Array.from({ length: 0x11 }, (_, plane) => plane))('every character of plane %i survives JSON', plane => {
    const characters = Array.from({ length: 0x10000 }, (_, index) => String.fromCodePoint(plane * 0x10000 + index));
    expect(JSON.parse(visible(JSON.stringify(characters)))).toEqual(characters);
    expect(characters.filter(character => dangerous.test(visible(character)))).toEqual([]);
  });
});

describe('on one line', () => {
  test('line breaks and tabs become blanks, and the rest is escaped as usual', () => {
    expect(oneLine('a\r\n\tb\u001b::c')).toBe('a b\\u001b:\\u003ac');
  });

  test('line by line, nothing dangerous remains', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        expect(oneLine(`${one}\n${other}`)).not.toMatch(dangerous);
        for (const line of plainLines(`${one}\r\n${other}`)) expect(line).not.toMatch(dangerous);
      }),
    );
  });
});
