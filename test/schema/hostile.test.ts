import { describe, expect, test } from 'vitest';
import { compileSchema } from '../../src/schema/compile.js';
import { createSchemaInspector } from '../../src/schema/inspector.js';
import { codesFor, inspected } from './checking.js';

const inspectorOf = (schema: object) => createSchemaInspector(compileSchema(JSON.stringify(schema)), 100);

const slow = { properties: { a: { pattern: '^(a+)+$' } } };
const hostile = Buffer.from(JSON.stringify({ a: `${'a'.repeat(60)}!` }));
const good = Buffer.from('{"a":"aaa"}');

describe('a body that would take years', () => {
  test('is reported as unchecked, and the next one is checked', () => {
    const { inspect } = inspectorOf(slow);
    expect(inspect(hostile)).toMatchObject({ isEvent: false, problems: [{ code: 'too-slow', path: [] }] });
    expect(inspect(good)).toMatchObject({ isEvent: true, problems: [] });
  });

  test('is the last one tried, if it is the third', () => {
    const { inspect, glance } = inspectorOf(slow);
    const codes = [hostile, hostile, hostile, hostile, good].map(body =>
      inspect(body).problems.map(({ code }) => code),
    );
    expect(codes.flat()).toEqual(['too-slow', 'too-slow', 'too-slow', 'given-up', 'given-up']);
    // A first look has its own tries: the second look reports what was slow.
    expect(glance(good.toString())).toBe(true);
  });

  test('stops at a limit shared by all quick checks', () => {
    const { together, glance } = inspectorOf(slow);
    expect(together(100, () => [good, hostile, good].map(body => glance(body.toString())))).toBe('too-slow');
    expect(together(100, () => [good, good].map(body => glance(body.toString())))).toEqual([true, true]);
  });

  test('still reports an error found before it gets slow', () => {
    const schema = { required: ['id'], ...slow };
    expect(
      inspectorOf(schema)
        .inspect(hostile)
        .problems.map(({ code }) => code),
    ).toEqual(['missing', 'more-problems']);
  });

  test.each([
    ['the format of an email address', { format: 'email' }, `${'a.'.repeat(2_000_000)}@`],
    ['the format of a URI', { format: 'uri' }, `http://${'a:'.repeat(2_000_000)}\n`],
    ['the format of a regular expression', { format: 'regex' }, '('.repeat(1_000_000)],
    ['a date', { format: 'date-time' }, '9'.repeat(5_000_000)],
  ])('is not slow for %s', (_, schema, text) => {
    const { problems } = inspected({ properties: { a: schema } }, { a: text });
    expect(problems).toHaveLength(1);
  });
});

describe('long arrays', () => {
  const items = Array.from({ length: 100_000 }, (_, index) => ({ index, __proto: {}, list: [index] }));

  test('are checked for unique items in linear time', () => {
    expect(codesFor({ uniqueItems: true }, items)).toEqual([]);
    const { problems } = inspected({ uniqueItems: true }, [...items, { list: [5], __proto: {}, index: 5 }]);
    expect(problems).toMatchObject([{ code: 'duplicate-item', path: [100_000], expected: '[5]' }]);
  });

  test('with items that differ by kind, or by names that objects have, are unique', () => {
    const texts = ['1', 1, '__proto__', 'toString', null, 'null', [], {}, '[]', '{}', true, 'true', [[]], ['']];
    expect(codesFor({ uniqueItems: true }, texts)).toEqual([]);
    expect(codesFor({ uniqueItems: true, items: { type: 'string' } }, ['__proto__', 'a', '__proto__'])).toEqual([
      'duplicate-item',
    ]);
  });

  test('may be wrong in every item, with many alternatives', () => {
    const branches = Array.from({ length: 40 }, (_, index) => ({ $ref: '#/$defs/a', required: [`a${index}`] }));
    const schema = { $defs: { a: { required: ['b', 'c'] } }, items: { anyOf: branches } };
    const { problems } = inspectorOf(schema).inspect(Buffer.from(JSON.stringify(items)));
    expect(problems[0]).toMatchObject({ code: 'no-alternative', path: [0] });
    expect(problems.length).toBeLessThanOrEqual(100);
  });
});

describe('names that every object has', () => {
  test('are missing if they weren’t sent', () => {
    const schema = { required: ['toString', '__proto__', 'constructor'], minProperties: 1 };
    expect(codesFor(schema, '{"a":1}')).toEqual(['missing', 'missing', 'missing']);
    expect(codesFor(schema, '{"toString":1,"__proto__":1,"constructor":1}')).toEqual([]);
  });

  test('are ordinary keys', () => {
    const schema = { properties: { constructor: { type: 'string' } }, additionalProperties: false };
    expect(codesFor(schema, '{}')).toEqual([]);
    const { problems } = inspected(schema, '{"__proto__":{"a":1},"constructor":7}');
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['unknown-key', ['__proto__']],
      ['wrong-type', ['constructor']],
    ]);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('depth', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const recursive = { properties: { a: { $ref: '#' } }, type: 'object' };

  test('is no problem up to any realistic level', () => {
    expect(inspected(recursive, nested(900)).problems.map(({ code }) => code)).toEqual(['wrong-type']);
  });

  test('beyond that can’t be checked', () => {
    expect(inspected(recursive, nested(200_000)).problems).toMatchObject([{ code: 'too-deep', path: [] }]);
  });

  test('doesn’t double the time of a check without a limit', () => {
    const doubling = {
      anyOf: [1, 2].map(() => ({ properties: { a: { $ref: '#' } }, type: 'object', required: ['b'] })),
    };
    const [problem] = inspectorOf(doubling).inspect(Buffer.from(nested(60))).problems;
    expect(['no-alternative', 'too-slow']).toContain(problem?.code);
  });
});
