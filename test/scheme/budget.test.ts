import { describe, expect, test } from 'vitest';
import { createSearchBudget } from '../../src/scheme/explain/budget.js';
import { diagnoseWithin, isUnsearched } from '../../src/scheme/explain/diagnose.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { diagnose, sign, signatureHeader } from '../support/fin.js';

/** A clock that the test sets. */
function turned() {
  let milliseconds = 0;
  return {
    elapsed: () => milliseconds,
    turn: (by: number) => {
      milliseconds += by;
    },
  };
}

const secret = createSecret(Buffer.from('a secret'), 'the test');
const request = { method: 'POST', headers: [[signatureHeader, '5'.repeat(64)]] as const, body: Buffer.from('{}') };

describe('a budget', () => {
  test('stops a search that takes too long', () => {
    const { elapsed, turn } = turned();
    const search = createSearchBudget({ each: 100, total: 1000 }, elapsed).begin();
    turn(99);
    expect(search?.isOver()).toBe(false);
    turn(1);
    expect(search?.isOver()).toBe(true);
  });

  test('is used up only by the time that searches take', () => {
    const { elapsed, turn } = turned();
    const budget = createSearchBudget({ each: 100, total: 150 }, elapsed);
    for (let count = 0; count < 2; count += 1) {
      turn(10_000);
      const search = budget.begin();
      turn(100);
      search?.end();
    }
    turn(10_000);
    expect(budget.begin()).toBeUndefined();
    expect(budget.left()).toBe(0);
  });

  test('says how much of it is left', () => {
    const { elapsed, turn } = turned();
    const budget = createSearchBudget({ each: 100, total: 150 }, elapsed);
    const search = budget.begin();
    turn(40);
    search?.end();
    expect(budget.left()).toBe(110);
  });

  test('with a share grows back, up to its total', () => {
    const { elapsed, turn } = turned();
    const budget = createSearchBudget({ each: 100, total: 100, share: 0.1 }, elapsed);
    const spend = () => {
      const search = budget.begin();
      if (search) turn(100);
      search?.end();
      return search !== undefined;
    };
    let searches = 0;
    for (let second = 0; second < 60; second += 1) {
      if (spend()) searches += 1;
      turn(1000);
    }
    expect(searches).toBeGreaterThan(30);
    turn(3_600_000);
    expect([spend(), spend(), spend()]).toEqual([true, true, false]);
  });
});

test('a search ends when its time is up, and without time doesn’t start', () => {
  const { elapsed, turn } = turned();
  let looks = 0;
  const budget = createSearchBudget({ each: 10, total: 10 }, () => {
    looks += 1;
    turn(3);
    return elapsed();
  });
  const search = () => diagnoseWithin(budget)(request, { secrets: [secret] }, schemes.fin);
  const cut = search();
  expect(cut).toMatchObject({ found: false, isComplete: false });
  expect(looks).toBeLessThan(10);
  expect(cut && isUnsearched(cut)).toBe(false);
  const none = search();
  expect(none).toEqual({ found: false, tried: 0, isComplete: false });
  expect(none && isUnsearched(none)).toBe(true);
});

describe('JSON', () => {
  const nested = (levels: number) => '{"":'.repeat(levels) + '1' + '}'.repeat(levels);
  const spread = (json: string) => json.replaceAll(':', ': ');

  test.each([
    ['of 100 levels is re-serialised', 100, true],
    ['of 101 levels is not', 101, false],
    ['of 2,800 levels is not', 2800, false],
  ])('%s', (_, levels, found) => {
    const [body, signed] = [Buffer.from(nested(levels)), Buffer.from(spread(nested(levels)))];
    expect(diagnose({ body, headers: [[signatureHeader, sign(signed, secret)]] }, [secret])?.found).toBe(found);
  });

  test('that would get unrealistically large is not indented', () => {
    const wide = '['.repeat(99) + Array<string>(40_000).fill('0').join() + ']'.repeat(99);
    const signed = Buffer.from(JSON.stringify(JSON.parse(wide), null, '    '));
    const headers = [[signatureHeader, sign(signed, secret)]] as const;
    expect(diagnose({ body: Buffer.from(wide), headers }, [secret])).toMatchObject({ found: false });
  });
});
