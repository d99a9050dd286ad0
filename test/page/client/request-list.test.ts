import { expect, test } from 'vitest';
import { emptyList, highestOf, lowestOf, placeOf, withRequests } from '../../../src/page/client/request-list.js';
import { report } from './reports.js';

const listOf = (...added: number[][]) =>
  added.reduce(
    (list, indices) =>
      withRequests(
        list,
        indices.map(index => report(index)),
      ),
    emptyList,
  );

const indicesIn = (list: ReturnType<typeof listOf>): number[] => list.all.map(({ index }) => index);

test.each<[what: string, added: number[][]]>([
  ['newer ones come first', [[2, 1], [4, 3]]],
  ['older ones come last', [[4, 3], [2, 1]]],
  ['those between take their place', [[4, 1], [3, 2]]],
  ['each is there once', [[3, 2, 1], [4, 3, 2], [4]]],
  ['a batch may be out of order, and hold one twice', [[1, 4, 4, 2], [3]]],
])('%s', (_, added) => {
  expect(indicesIn(listOf(...added))).toEqual([4, 3, 2, 1]);
}); // prettier-ignore

test('an update without new requests changes nothing, so nothing is drawn', () => {
  const list = listOf([2, 1]);
  expect(withRequests(list, [report(1)])).toBe(list);
});

test('knows the ends of the list, even of an empty one', () => {
  expect([highestOf(emptyList), lowestOf(emptyList)]).toEqual([0, Number.POSITIVE_INFINITY]);
  expect([highestOf(listOf([3, 2])), lowestOf(listOf([3, 2]))]).toEqual([3, 2]);
});

test('finds a request by number, and reports a missing one', () => {
  const { all } = listOf([9, 7, 4, 2]);
  expect([9, 7, 4, 2, 10, 8, 3, 1, undefined].map(position => placeOf(all, position))).toEqual(
    [0, 1, 2, 3, -1, -1, -1, -1, -1],
  ); // prettier-ignore
  expect(placeOf([], 1)).toBe(-1);
});
