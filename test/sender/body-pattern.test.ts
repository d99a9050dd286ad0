import { expect, onTestFinished, test } from 'vitest';
import { bodyPattern, type BodyPattern } from '../../src/sender/body-pattern.js';
import { createExpressionSearch } from '../../src/threads/expression.js';

/** A text for which `(a+)+$` takes longer than anyone waits. */
const endless = `${'a'.repeat(60)}!`;

function patternOf(text: string): BodyPattern {
  const pattern = bodyPattern(text);
  if (!pattern) throw new Error(`${text} is no pattern`);
  onTestFinished(() => pattern.close());
  return pattern;
}

function searchFor(expression: Pick<RegExp, 'source' | 'flags'>, deadline: number, mostSlow = 1) {
  const search = createExpressionSearch(expression, { deadline, mostSlow });
  onTestFinished(() => search.end());
  return search;
}

test.each(['ok', '/ok/', '/^"ok": (?:true|yes)$/m', '/[*+]\\d\\{/', '/a?b?/'])(
  '%s is matched at once, because its time is bounded',
  text => {
    expect(patternOf(text).search('ok')).toBeTypeOf('boolean');
  },
);

test.each(['/(a+)+$/', '/(a|a)*$/', '/a{9}/', '/"ok":\\s*true/', '/a?b?c?d?e?/', '/[[a]b]+/v', '/(\\w)*\\1/'])(
  '%s is matched in a thread',
  async text => {
    const pattern = patternOf(text);
    const found = pattern.search('"ok":\ttrue');
    expect(found).toBeInstanceOf(Promise);
    expect(await found).toBe(
      new RegExp(...(/^\/(.*)\/(.*)$/.exec(text)?.slice(1) as [string, string])).test('"ok":\ttrue'),
    );
  },
);

test('A search that takes too long is stopped, and the next one gets a new thread.', async () => {
  const { search } = searchFor(/(a+)+$/, 1000, 2);
  expect(await Promise.all([search('aaa'), search(endless), search('b'), search('ba')])).toEqual([
    true,
    'too-slow',
    false,
    true,
  ]);
});

test('After a few searches that take too long, no more are tried.', async () => {
  const { search } = searchFor(/(a+)+$/, 100, 2);
  expect(await Promise.all([endless, endless, endless, 'a'].map(search))).toEqual([
    'too-slow',
    'too-slow',
    'given-up',
    'given-up',
  ]);
});

test('A thread that dies gives no match, and no failure of ours.', async () => {
  const { search } = searchFor({ source: '(', flags: '' }, 60_000);
  expect([await search('('), await search('(')]).toEqual(['no-thread', 'no-thread']);
});

test('Thousands of searches run one after the other in one thread.', async () => {
  const { search } = searchFor(/"seq":\s*\d+7\b/, 60_000);
  const found = await Promise.all(Array.from({ length: 5000 }, (_, seq) => search(`{"seq": ${seq}}`)));
  expect(found.filter(Boolean)).toHaveLength(
    Array.from({ length: 5000 }, (_, seq) => seq).filter(seq => seq > 9 && seq % 10 === 7).length,
  );
});

test('A pattern that is never used can be closed, too.', async () => {
  await expect(patternOf('/a+/').close()).resolves.toBeUndefined();
});
