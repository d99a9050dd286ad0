import { diffArrays } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedLines } from '../../../src/page/client/changed-lines.js';
import { diffLines, type Run } from '../../../src/page/client/line-diff.js';

const long = 10_000;

const linesOf = (runs: readonly Run[], left: Run['kind']): string[] =>
  runs.filter(({ kind }) => kind !== left).flatMap(({ lines }) => lines);

test.each<[before: string, after: string, expected: string]>([
  ['abc', 'abc', ' abc'],
  ['', 'ab', '+ab'],
  ['ab', '', '-ab'],
  ['abc', 'axc', ' a -b +x  c'],
  ['abcd', 'axyd', ' a -bc +xy  d'],
  ['ab', 'ba', '-a  b +a'],
])('%j and %j', (before, after, expected) => {
  const signs = { same: ' ', added: '+', removed: '-' };
  const runs = diffLines(Array.from(before), Array.from(after), long);
  expect(runs?.map(({ kind, lines }) => signs[kind] + lines.join('')).join(' ')).toBe(expected);
});

test('contains both texts, and no library finds fewer changes', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const runs = diffLines(before, after, long) ?? [];
      expect(linesOf(runs, 'added')).toEqual(before);
      expect(linesOf(runs, 'removed')).toEqual(after);
      const changed = runs.filter(({ kind }) => kind !== 'same').flatMap(each => each.lines).length;
      const least = diffArrays(before, after).filter(({ added, removed }) => added || removed);
      expect(changed).toBe(least.reduce((sum, { count }) => sum + count, 0));
    }),
  );
}); // prettier-ignore

test('gives up on long texts that have little in common', () => {
  const [before, after] = ['a', 'b'].map(letter =>
    Array.from({ length: 100_000 }, (_, index) => letter + String(index)),
  );
  expect(diffLines(before!, after!, 50)).toBeUndefined();
});

test('leaves out and counts lines far from a change', () => {
  const same = Array.from({ length: 1300 }, (_, index) => String(index));
  const shown = changedLines(diffLines([...same, 'old', ...same], [...same, 'new', ...same], long) ?? []);
  expect(shown.map(({ text }) => text)).toEqual(
    ['1,297 more lines', '1297', '1298', '1299', 'old', 'new', '0', '1', '2', '1,297 more lines'],
  );
  expect(changedLines(diffLines(['a', 'b'], ['a', 'b', 'c'], long) ?? []).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
}); // prettier-ignore
