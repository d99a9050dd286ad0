import { expect, test } from 'vitest';
import { createNumbers } from '../../src/page/numbers.js';

test('non-requests come between requests, and each number appears once', () => {
  const numbers = createNumbers();
  const answer = (seq: number): number => {
    numbers.answered(seq);
    return numbers.ofRequest(seq);
  };
  expect(numbers.next()).toBe(1);
  expect(answer(1)).toBe(2);
  // The second takes longer than the third.
  expect(answer(3)).toBe(4);
  expect([numbers.next(), numbers.next()]).toEqual([5, 6]);
  expect(answer(2)).toBe(3);
  expect(answer(4)).toBe(7);
  expect([1, 2, 3, 4].map(numbers.ofRequest)).toEqual([2, 3, 4, 7]);
});
