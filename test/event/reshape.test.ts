import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidValueError, UnknownNameError } from '../../src/errors.js';
import { reshape, type Shape } from '../../src/event/reshape.js';
import { published } from './published.js';

const reshaped = (json: unknown, shape: Shape): unknown =>
  JSON.parse(Buffer.from(reshape(Buffer.from(JSON.stringify(json)), shape)).toString());

const failureOf = (json: unknown, shape: Shape): unknown => {
  try {
    reshaped(json, shape);
    return undefined;
  } catch (error) {
    return error;
  }
};

test('without changes, the bytes stay the same, JSON or not', () => {
  const full = published('full_2026-01.pretty2.json');
  expect(reshape(full, {})).toBe(full);
  const noJson = Buffer.from('ff00', 'hex');
  expect(reshape(noJson, { set: [], unset: [], customer: undefined })).toBe(noJson);
});

test('sets a customer in both places, and an id and a time in their own', () => {
  const shape = { customer: 'c-1', seed: '1', now: new Date('2026-01-31T09:30:00Z') };
  const event = { event: { id: 'x', event_reference_id: 'y', created_at: 'z', type: 't' }, data: { customer_id: 'y' } };
  expect(reshaped(event, shape)).toEqual({
    event: {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string,
      event_reference_id: 'c-1',
      created_at: '2026-01-31T09:30:00.000000Z',
      type: 't',
    },
    data: { customer_id: 'c-1' },
  });
  expect(reshaped(event, shape)).toEqual(reshaped(event, shape));
  expect(reshaped(event, { seed: '2' })).not.toEqual(reshaped(event, { seed: '1' }));
});

describe('sets a value', () => {
  test.each<[path: string, before: unknown, value: unknown, after: unknown]>([
    ['a', { a: 1, b: 2 }, 3, { a: 3, b: 2 }],
    ['c', { a: 1 }, null, { a: 1, c: null }],
    ['a.b.c', {}, 'x', { a: { b: { c: 'x' } } }],
    ['a.0', { a: [1, 2] }, 3, { a: [3, 2] }],
    ['a.2', { a: [1, 2] }, 3, { a: [1, 2, 3] }],
    ['a.1.b', { a: [{}, {}] }, [], { a: [{}, { b: [] }] }],
    ['a.1.b', { a: [{}] }, 1, { a: [{}, { b: 1 }] }],
    ['0', { a: 1 }, 2, { 0: 2, a: 1 }],
    ['0', [1], 2, [2]],
  ])('at %s of %j', (...[path, before, value, after]) => {
    expect(reshaped(before, { set: [{ path: path.split('.'), value }] })).toEqual(after);
  });

  test('after the others, in the given order, and before removals', () => {
    const set = [
      { path: ['data', 'customer_id'], value: 'mine' },
      { path: ['a'], value: { b: 1, c: 2 } },
      { path: ['a', 'b'], value: 3 },
    ];
    expect(reshaped({ event: {}, data: {} }, { customer: 'c', set, unset: [['a', 'c']] })).toEqual({
      event: { event_reference_id: 'c' },
      data: { customer_id: 'mine' },
      a: { b: 3 },
    });
  });

  test.each([
    ['a.3', "a.3 isn't a position in the array, nor the one after its end"],
    ['a.-1', "a.-1 isn't a position in the array, nor the one after its end"],
    ['a.length', "a.length isn't a position in the array, nor the one after its end"],
    ['a.00', "a.00 isn't a position in the array, nor the one after its end"],
    ['a.x.y', "a.x isn't a position in the array, nor the one after its end"],
    ['a.0.b', 'a.0 has nothing below it'],
    ['s.length', 's has nothing below it'],
    ['n.x', 'n has nothing below it'],
  ])('but not at %s', (path, message) => {
    const error = failureOf({ a: [1, 2], s: 'text', n: null }, { set: [{ path: path.split('.'), value: 0 }] });
    expect(error).toBeInstanceOf(InvalidValueError);
    expect((error as Error).message).toBe(message);
  });
});

describe('removes a key', () => {
  test.each<[path: string, before: unknown, after: unknown]>([
    ['a', { a: 1, b: 2 }, { b: 2 }],
    ['a.b', { a: { b: 1 } }, { a: {} }],
    ['a.0', { a: [1, 2] }, { a: [2] }],
    ['a.1.b', { a: [0, { b: 1, c: 2 }] }, { a: [0, { c: 2 }] }],
  ])('%s of %j', (path, before, after) => {
    expect(reshaped(before, { unset: [path.split('.')] })).toEqual(after);
  });

  test.each([
    ['phnoe', ['email', 'phone']],
    ['phone.x.y', ['email', 'phone']],
    ['toString', ['email', 'phone']],
    ['__proto__', ['email', 'phone']],
    ['constructor.prototype', ['email', 'phone']],
  ])('only if it exists: not %s', (path, known) => {
    const error = failureOf({ email: 1, phone: {} }, { unset: [path.split('.')] });
    expect(error).toBeInstanceOf(UnknownNameError);
    if (path !== 'phone.x.y') expect(error).toMatchObject({ known });
  });
});

describe('__proto__ and the like', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s is an ordinary key', key => {
    for (const path of [[key], [key, 'polluted'], ['data', key, 'polluted'], [key, key, 'polluted']]) {
      const body = reshape(Buffer.from('{"data":{}}'), { set: [{ path, value: 'yes' }] });
      expect(Buffer.from(body).toString()).toContain(`"${key}":`);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(Buffer.from(reshape(body, { unset: [path] })).toString()).not.toContain('yes');
    }
  });
});

test('a set value is found there, and gone when removed', () => {
  const anyKey = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', '0', 'length'));
  fc.assert(
    fc.property(fc.array(anyKey, { minLength: 1, maxLength: 5 }), fc.jsonValue(), (path, value) => {
      const body = reshape(Buffer.from('{"a":{}}'), { set: [{ path, value }] });
      const [{ length }] = [path];
      let found: unknown = JSON.parse(Buffer.from(body).toString());
      for (const key of path) found = Object.entries(found as object).find(([candidate]) => candidate === key)?.[1];
      expect(JSON.stringify(found)).toBe(JSON.stringify(value));
      const without = JSON.parse(Buffer.from(reshape(body, { unset: [path] })).toString()) as object;
      if (length === 1) expect(Object.keys(without)).not.toContain(path[0]);
    }),
  );
});

test.each(['length', '00', '-1', '5'])('an array has no element %s to remove', key => {
  const error = failureOf({ a: [1, 2] }, { unset: [['a', key]] });
  expect((error as Error).message).toBe(`unknown key "a.${key}"`);
});
