import { describe, expect, test } from 'vitest';
import { levelOf } from '../../src/conformance/case.js';
import { check, finCases as cases } from './checking.js';
import { accepting } from './mutants/accepting.js';
import { refusing } from './mutants/refusing.js';
import { surviving } from './mutants/surviving.js';
import { startBehaviour } from './receiver.js';

const mutants = [...accepting, ...refusing, ...surviving];

const inOrder = (ids: readonly string[]): string[] => cases.map(({ id }) => id).filter(id => ids.includes(id));

describe('a receiver that', () => {
  test.each(mutants)('$name is caught by the cases made for it, and by no others', async mutant => {
    const { changes, failed, advice = [], causes = [], ...settings } = mutant;
    const found = await check(await startBehaviour(changes()), settings);
    expect({ failed: found.failed, advice: found.advice, causes: found.causes.map(({ id }) => id) }).toEqual({
      failed: inOrder(failed),
      advice: inOrder(advice),
      causes,
    });
  });
});

test('every case fails some receiver that would pass without its check', () => {
  const unproved = cases
    .filter(one => levelOf(one) !== 'info')
    .filter(({ id }) => !mutants.some(({ failed, advice = [] }) => [...failed, ...advice].includes(id)));
  expect(unproved.map(({ id }) => id)).toEqual([]);
});

test('every required case fails some receiver outright', () => {
  const unproved = cases
    .filter(one => levelOf(one) === 'required')
    .filter(({ id }) => !mutants.some(({ failed }) => failed.includes(id)));
  expect(unproved.map(({ id }) => id)).toEqual([]);
});
