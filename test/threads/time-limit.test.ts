import { expect, test } from 'vitest';
import { createTimeLimit } from '../../src/threads/time-limit.js';

const long = 60_000;

test('work that ends in time returns its result, or throws its error', () => {
  const { run } = createTimeLimit();
  expect(run(long, () => 7)).toBe(7);
  expect(run(long, () => undefined)).toBeUndefined();
  expect(() => run(long, () => JSON.parse('{') as unknown)).toThrow(SyntaxError);
});

test('endless work is stopped, in a loop and in a regular expression, and the next work runs', () => {
  const { run } = createTimeLimit();
  const loop = (): never => {
    for (;;);
  };
  expect(run(20, loop)).toBe('too-slow');
  expect(run(20, () => /^(a+)+$/.test(`${'a'.repeat(60)}!`))).toBe('too-slow');
  expect(run(long, () => 'fine')).toBe('fine');
});

test('endless work can’t catch its own end', () => {
  const { run } = createTimeLimit();
  const seen: string[] = [];
  const work = (): void => {
    try {
      for (;;);
    } catch {
      seen.push('caught');
    } finally {
      seen.push('finally');
    }
  };
  expect(run(20, work)).toBe('too-slow');
  expect(seen).toEqual([]);
});

test('inside other work, its own limit applies', () => {
  const { run } = createTimeLimit();
  const ended: string[] = [];
  const inner = (): void => {
    run(long, () => {
      for (;;);
    });
    ended.push('inner');
  };
  expect(run(20, inner)).toBe('too-slow');
  expect(ended).toEqual([]);
});

test('endless recursion has its own error', () => {
  const { run } = createTimeLimit();
  const deeper = (): number => deeper() + 1;
  expect(() => run(long, deeper)).toThrow(RangeError);
});
