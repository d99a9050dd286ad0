import { describe, expect, test } from 'vitest';
import { excerptsOf, isSameChange, isSameState, stateOf, type Change } from '../../../src/conformance/effects/state.js';

const customer = '6b042125-686a-43e0-8a68-23cf5bee102e';
const masks = new Map([
  [customer, '{customer}'],
  ['webhook-cli-check.1.2@example.com', '{email}'],
]);

const change = (before: string, after: string): Change => ({
  before: stateOf(before, masks),
  after: stateOf(after, masks),
});

describe('once is', () => {
  test.each([
    ['the same text', ['', 'APPROVED|1'], ['', 'APPROVED|1']],
    ['the same text about another customer', ['none', `${customer}: 1`], ['none', `${customer.toUpperCase()}: 1`]],
    ['the same text with an id as other programs write it', ['', customer], ['', customer.replaceAll('-', '')]],
    ['a total that grows by as much', ['5', '6'], ['41', '42']],
    ['every total', ['a 5, b 7', 'a 6, b 5'], ['a 0, b 0', 'a 1, b -2']],
    ['a sum of money', ['0.10 USD', '10.60 USD'], ['99.9 USD', '110.40 USD']],
    ['a number that JavaScript can’t hold', ['9007199254740993', '9007199254740994'], ['3', '4']],
    [
      'a total beside the last email',
      ['0 -', '1 webhook-cli-check.1.2@example.com'],
      ['1 -', '2 Webhook-cli-check.1.2@example.com'],
    ],
  ])('%s', (_, one, other) => {
    expect(isSameChange(change(other[0]!, other[1]!), change(one[0]!, one[1]!))).toBe(true);
  });

  test.each([
    ['no change', ['0', '1'], ['1', '1']],
    ['twice the difference', ['0', '1'], ['1', '3']],
    ['twice a large number', ['1', '9007199254740993'], ['1', '9007199254740994']],
    ['twice the work for one customer', ['', 'APPROVED|1'], ['', 'APPROVED|2']],
    ['another text around the same difference', ['QUEUED 0', 'APPROVED 1'], ['QUEUED 0', 'REJECTED 1']],
    ['one number more', ['1', '2'], ['1', '2 1']],
    ['one of two totals', ['0 0', '1 1'], ['4 4', '5 4']],
  ])('not %s', (_, one, other) => {
    expect(isSameChange(change(other[0]!, other[1]!), change(one[0]!, one[1]!))).toBe(false);
  });

  test('not a match for masked characters: a dot is a dot', () => {
    expect(isSameState(stateOf('webhook-cli-check_1_2@example_com', masks), stateOf('{email}', masks))).toBe(false);
  });
});

describe('two texts are shown', () => {
  test('in full on one line if they are short', () => {
    expect(excerptsOf('status\n0\n', 'status\n 1')).toEqual({ before: 'status 0', after: 'status 1' });
  });

  test('from the first difference if one is long', () => {
    const { before, after } = excerptsOf(`${'row '.repeat(100)}0`, `${'row '.repeat(100)}1${' more'.repeat(100)}`);
    expect(before).toBe('…row row row row row 0');
    expect(after).toMatch(/^…row row row row row 1 more .*…$/);
    expect(after.length).toBeLessThan(100);
  });
});
