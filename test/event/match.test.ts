import { describe, expect, test } from 'vitest';
import { byPath, isMatch, type Match } from '../../src/event/match.js';

const event = {
  data: { status: 'APPROVED', parties: [{ id: 'a' }, { id: 'b' }], age: 42, isTest: false, gone: null, empty: '' },
  'a.b': 'dotted',
};

/** `data.status=APPROVED`, and so on. */
const matches = (...texts: string[]): Match[] =>
  texts.map(text => {
    const [path = '', value = ''] = text.split('=');
    return { path: path.split('.'), value };
  });

test('any event matches an empty query', () => {
  expect(isMatch(event, [])).toBe(true);
  expect(isMatch(undefined, [])).toBe(true);
});

describe('a scalar is compared in its written form', () => {
  test.each([
    ['data.status=APPROVED', true],
    ['data.status=approved', false],
    ['data.status=APPROVED ', false],
    ['data.age=42', true],
    ['data.age=42.0', false],
    ['data.isTest=false', true],
    ['data.gone=null', true],
    ['data.empty=', true],
    ['data.parties.1.id=b', true],
    ['data.parties.2.id=b', false],
  ])('%s: %s', (text, expected) => {
    expect(isMatch(event, matches(text))).toBe(expected);
  });
});

test('a UUID matches in upper or lower case, unlike other text', () => {
  const customer = { data: { customer_id: '6b042125-686a-43e0-8a68-23cf5bee102e' } };
  expect(isMatch(customer, matches('data.customer_id=6B042125-686A-43E0-8A68-23CF5BEE102E'))).toBe(true);
  expect(isMatch(customer, matches('data.customer_id=6B042125-686A-43E0-8A68-23CF5BEE102'))).toBe(false);
});

describe('only scalars that belong to the event match', () => {
  test.each([
    'data=[object Object]',
    'data.parties.length=2',
    'data.parties.01.id=b',
    'data.parties=[object Object],[object Object]',
    'data.missing=undefined',
    'missing.status=undefined',
    'data.status.length=8',
    'a.b=dotted',
    '__proto__.constructor=',
    'constructor.name=Object',
  ])('%s', text => {
    expect(isMatch(event, matches(text))).toBe(false);
  });

  test.each([{ json: undefined }, { json: null }, { json: 'APPROVED' }, { json: 7 }, { json: [] }])(
    'and $json has none',
    ({ json }) => {
      expect(isMatch(json, matches('data.status=APPROVED'))).toBe(false);
    },
  );
});

describe('of several matches', () => {
  test.each([
    [['data.status=REJECTED', 'data.status=APPROVED'], true],
    [['data.status=REJECTED', 'data.status=QUEUED'], false],
    [['data.status=APPROVED', 'data.age=42'], true],
    [['data.status=APPROVED', 'data.age=41'], false],
    [['data.age=41', 'data.status=APPROVED', 'data.age=42'], true],
    [['data.status=REJECTED', 'data.age=42', 'data.status=QUEUED'], false],
  ])('one value per path must match: %j is %s', (texts, expected) => {
    expect(isMatch(event, matches(...texts))).toBe(expected);
  });
});

test('alternatives are grouped by path, in the order in which the paths appeared', () => {
  const [first, second, third] = matches('b=1', 'a=2', 'b=3');
  expect([...byPath(matches('b=1', 'a=2', 'b=3'))]).toEqual([
    ['b', [first, third]],
    ['a', [second]],
  ]);
});
