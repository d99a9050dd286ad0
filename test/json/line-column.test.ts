import { expect, test } from 'vitest';
import { lineColumnFinder, lineFinder } from '../../src/json/line-column.js';

test.each(['', '{}', '\n', 'a\nb\n\ncd\r\ne', '\n\n\n'])('lines are the same in any order: %j', text => {
  const spans = Array.from({ length: text.length + 1 }, (_, start) => ({ start, end: start }));
  const places = spans.map(lineColumnFinder(text));
  expect(places.map(({ line }) => line)).toEqual(spans.map(({ start }) => text.slice(0, start).split('\n').length));
  expect(spans.toReversed().map(lineFinder(text)).toReversed()).toEqual(places.map(({ line }) => line));
});
