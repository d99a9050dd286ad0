import { expect, test } from 'vitest';
import { piecesOf } from '../../../src/page/client/pieces.js';

test('visible text is one piece', () => {
  expect(piecesOf('plain <b> é 😀 漢 عربي')).toEqual([{ text: 'plain <b> é 😀 漢 عربي', isOdd: false }]);
});

test.each([
  ['\u202e', '\\u202e'],
  ['\u2066', '\\u2066'],
  ['\u001b', '\\u001b'],
  ['\u200b', '\\u200b'],
  ['\r', '\\r'],
  ['\0', '\\u0000'],
  ['\ud800', '\\ud800'],
  ['\u{e0041}', '\\udb40\\udc41'],
])('%j is shown as %s', (odd, shown) => {
  expect(piecesOf(`a${odd}b`)).toEqual([
    { text: 'a', isOdd: false },
    { text: shown, isOdd: true },
    { text: 'b', isOdd: false },
  ]);
});

test('line breaks and tabs are marked only within one line', () => {
  expect(piecesOf('a\n\tb')).toEqual([{ text: 'a\n\tb', isOdd: false }]);
  expect(piecesOf('a\nb', { isOneLine: true }).map(({ text }) => text)).toEqual(['a', '\\n', 'b']);
});

test('text that starts a command in a build log is plain here', () => {
  expect(piecesOf('::error:: ##[x]')).toEqual([{ text: '::error:: ##[x]', isOdd: false }]);
});
