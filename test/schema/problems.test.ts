import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, test } from 'vitest';
import { codesFor, draft07, inspected, wordsFor } from './checking.js';

/** A schema for `x`, a value that it refuses, and the message. */
const words: [keyword: string, schema: unknown, value: unknown, expected: string][] = [
  ['type', { type: 'string' }, 1, 'x should be a string and is a number'],
  ['type', { type: ['null', 'integer'] }, 'a', 'x should be an integer or null and is a string of 1 character'],
  ['type', { type: 'string', nullable: true }, 1, 'x should be a string or null and is a number'],
  ['type', { type: 'null' }, [], 'x should be null and is an array of 0 items'],
  ['enum', { enum: ['A', 'B', null] }, 'C', 'x should be A or B or null and is "C"'],
  ['enum', { enum: ['A'] }, 'ada@example.com', 'x should be A and is a string of 15 characters'],
  ['enum', { enum: Array.from({ length: 15 }, (_, n) => n) }, 99, 'x should be 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or one of 3 others and is a number'], // prettier-ignore
  ['const', { const: { a: 1 } }, {}, 'x should be {"a":1} and is an object'],
  ['format', { format: 'date-time' }, '2026-02-30T09:30:00Z', "x isn't an RFC 3339 time"],
  ['format', { format: 'uuid' }, 'a', "x isn't a UUID"],
  ['format', { format: 'email' }, 'a@', "x isn't an email address"],
  ['format', { format: 'uri' }, 'a b', "x isn't a URI"],
  ['format', { format: 'relative-json-pointer' }, 'x', "x isn't of the format relative-json-pointer"],
  ['pattern', { pattern: '^a\\-b$' }, 'b', "x doesn't match the pattern ^a\\-b$"],
  ['required', { required: ['a'] }, {}, 'x.a is missing'],
  ['dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1 }, "x.b is missing, and it's required with a"],
  ['dependencies', { dependencies: { a: ['b'] } }, { a: 1 }, "x.b is missing, and it's required with a"],
  ['dependentSchemas', { dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, 'x.b is missing'],
  ['additionalProperties', { additionalProperties: false }, { a: 1 }, "x.a isn't a key that the schema allows"],
  ['unevaluatedProperties', { allOf: [{ properties: { b: {} } }], unevaluatedProperties: false }, { a: 1, b: 1 }, "x.a isn't a key that the schema allows"], // prettier-ignore
  ['propertyNames', { propertyNames: { pattern: '^a' } }, { b: 1 }, "x.b isn't a name that the schema allows"],
  ['minLength', { minLength: 2 }, 'a', 'x should have at least 2 characters and is a string of 1 character'],
  ['minLength', { minLength: 1 }, '', 'x is empty'],
  ['maxLength', { maxLength: 1 }, 'ab', 'x should have at most 1 character and is a string of 2 characters'],
  ['minItems', { minItems: 2 }, [1], 'x should have at least 2 items and is an array of 1 item'],
  ['minItems', { minItems: 1 }, [], 'x is empty'],
  ['maxItems', { maxItems: 1 }, [1, 2], 'x should have at most 1 item and is an array of 2 items'],
  ['items', { prefixItems: [{}], items: false }, [1, 2], 'x should have at most 1 item and is an array of 2 items'],
  ['unevaluatedItems', { prefixItems: [{}], unevaluatedItems: false }, [1, 2], 'x should have at most 1 item and is an array of 2 items'], // prettier-ignore
  ['minProperties', { minProperties: 1 }, {}, 'x should have at least 1 key and is an object'],
  ['maxProperties', { maxProperties: 1 }, { a: 1, b: 2 }, 'x should have at most 1 key and is an object'],
  ['minimum', { minimum: 2 }, 1, 'x should be at least 2'],
  ['maximum', { maximum: 2 }, 3, 'x should be at most 2'],
  ['exclusiveMinimum', { exclusiveMinimum: 2 }, 2, 'x should be more than 2'],
  ['exclusiveMaximum', { exclusiveMaximum: 2 }, 2, 'x should be less than 2'],
  ['multipleOf', { multipleOf: 5 }, 7, 'x should be a multiple of 5'],
  ['uniqueItems', { uniqueItems: true }, [{ a: 1, b: 2 }, 1, { b: 2, a: 1 }], 'x[2] is the same as item [0]'],
  [
    'contains',
    { contains: { const: 1 } },
    [2, 3],
    'x should have at least 1 item of the kind that the schema asks for',
  ],
  ['contains', { contains: { const: 1 }, minContains: 2, maxContains: 3 }, [1], 'x should have at least 2 items and at most 3 of the kind that the schema asks for'], // prettier-ignore
  ['not', { not: { type: 'string' } }, 'a', "x isn't allowed by the schema"],
  ['false schema', false, 'a', "x isn't allowed by the schema"],
  ['if', { if: { type: 'string' }, then: { minLength: 3 } }, 'ab', 'x should have at least 3 characters and is a string of 2 characters'], // prettier-ignore
  ['$ref', { $ref: '#/$defs/name' }, 1, 'x should be a string and is a number'],
];

test.each(words)('%s: %j refuses %j', (...[, schema, value, expected]) => {
  const whole = { type: 'object', properties: { x: schema }, $defs: { name: { type: 'string' } } };
  expect(wordsFor(whole, { x: value })).toEqual([expected]);
});

test('every ajv keyword that reports errors has its own message', () => {
  const { RULES } = new Ajv2020({ formats: fullFormats });
  // Each of these only leads to other keywords, gives details about one, or has its own test below.
  const others = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'properties', 'patternProperties', 'prefixItems'];
  const parts = ['then', 'else', 'minContains', 'maxContains', 'nullable', 'id'];
  const anchors = ['$dynamicAnchor', '$recursiveAnchor', '$recursiveRef', '$comment'];
  const known = [...anchors, ...words.map(([keyword]) => keyword), ...others, ...parts];
  expect(Object.keys(RULES.all).filter(keyword => !known.includes(keyword))).toEqual([]);
});

test('draft-07 has its own keywords for tuples', () => {
  const schema = { $schema: draft07, type: 'array', items: [{ type: 'string' }], additionalItems: false };
  expect(wordsFor(schema, ['a', 1])).toEqual(['the body should have at most 1 item and is an array of 2 items']);
  expect(wordsFor(schema, [1])).toEqual(['[0] should be a string and is a number']);
});

test('a path is that of the JSON, whatever its keys look like', () => {
  const schema = { additionalProperties: { items: { type: 'string' }, properties: { '0': { type: 'string' } } } };
  const { problems } = inspected(schema, { 'a/b~c%25': [1], é: { '0': 1 } });
  expect(problems.map(({ path }) => path)).toEqual([
    ['a/b~c%25', 0],
    ['é', '0'],
  ]);
});

test('reports a hundred problems, and counts the others', () => {
  const { problems, omitted } = inspected(
    { items: { type: 'string' } },
    Array.from({ length: 250 }, () => 1),
  );
  expect([problems.length, omitted]).toEqual([100, 150]);
});

test('reports the same problem from two places of the schema once', () => {
  const part = { required: ['a'] };
  expect(wordsFor({ allOf: [part, { allOf: [part] }], $defs: {} }, {})).toEqual(['a is missing']);
});

describe('alternatives', () => {
  const card = { type: 'object', properties: { kind: { const: 'card' }, number: { minLength: 12 } }, required: ['kind', 'number'] }; // prettier-ignore
  const bank = { type: 'object', properties: { kind: { enum: ['bank', 'giro'] } }, required: ['kind', 'iban'] };
  const of = (keyword: 'anyOf' | 'oneOf', ...schemas: unknown[]) => ({
    $defs: { card, bank },
    type: 'object',
    required: ['id'],
    properties: { x: { [keyword]: schemas } },
  });
  const refs = [{ $ref: '#/$defs/card' }, { $ref: '#/$defs/bank' }];

  test.each<[string, unknown[], unknown, string[]]>([
    ['one that may be null is that one', [{ type: 'null' }, card], { kind: 'card' }, ['x.number is missing']],
    ['the one with the right value is meant', refs, { kind: 'card', number: '1' }, ['x.number should have at least 12 characters and is a string of 1 character']], // prettier-ignore
    ['a value that no one has could be any', refs, { kind: 'cash', iban: 1, number: '123456789012' }, ['x.kind should be card or bank or giro and is "cash"']], // prettier-ignore
    ['the types of all are one problem', [{ type: 'string' }, { type: ['null', 'number'] }, { type: 'object' }], [], ['x should be a string or number or object or null and is an array of 0 items']], // prettier-ignore
    ['otherwise, the nearest is named', [{ required: ['a', 'b'] }, { required: ['c'] }], {}, ['x fits none of 2 alternatives; the closest is number 2: x.c is missing']], // prettier-ignore
    ['and how much more it has', [{ required: ['a', 'b'] }, { required: ['c', 'd', 'e'] }], {}, ['x fits none of 2 alternatives; the closest is number 1: x.a is missing, and 1 more']], // prettier-ignore
    ['they may be in each other', [{ anyOf: refs }, { type: 'null' }], { kind: 'bank' }, ['x.iban is missing']],
  ])('%s', (...[, schemas, x, expected]) => {
    for (const keyword of ['anyOf', 'oneOf'] as const)
      expect(wordsFor(of(keyword, ...schemas), { id: 1, x })).toEqual(expected);
  });

  test('other problems aren’t lost, before or after them', () => {
    const schema = {
      ...of('anyOf', ...refs),
      allOf: [{ $ref: '#/$defs/named' }, { properties: { y: { oneOf: refs } } }, { $ref: '#/$defs/aged' }],
    };
    Object.assign(schema.$defs, { named: { required: ['name'] }, aged: { required: ['age'] } });
    expect(wordsFor(schema, { x: { kind: 'bank' }, y: { kind: 'bank' } })).toEqual([
      'name is missing',
      'y.iban is missing',
      'age is missing',
      'id is missing',
      'x.iban is missing',
    ]);
  });

  test('names several that fit if only one should', () => {
    const schema = of('oneOf', { type: 'integer' }, { type: 'string' }, { minimum: 2 });
    expect(wordsFor(schema, { id: 1, x: 3 })).toEqual(['x fits the alternatives 1 and 3, and should fit only one']);
  });

  test('forty of them for each of a hundred items are a hundred problems', () => {
    const branches = Array.from({ length: 40 }, (_, index) => ({ required: [`a${index}`, 'b'] }));
    const { problems } = inspected(
      { items: { anyOf: branches } },
      Array.from({ length: 100 }, () => ({})),
    );
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['no-alternative']));
    expect(problems).toHaveLength(100);
  });
});

test.each<[string, unknown, unknown]>([
  ['date-time', '2026-01-31T09:30:00.5+01:00', '2026-01-31 at noon'],
  ['date', '2026-02-28', '2026-02-29'],
  ['time', '09:30:00Z', '25:00:00Z'],
  ['uuid', '67bd224e-9a71-4dc0-8782-f40ac07eb94e', '67bd224e'],
  ['email', 'ada@example.com', 'ada'],
  ['uri', 'https://example.com/a?b#c', '/a'],
  ['hostname', 'example.com', '-a'],
  ['ipv4', '127.0.0.1', '256.0.0.1'],
  ['ipv6', '::1', ':::1'],
  ['int32', 1, 2 ** 31],
])('checks the format %s: %j and %j', (format, good, bad) => {
  for (const $schema of [draft07, 'https://json-schema.org/draft/2020-12/schema']) {
    expect(codesFor({ $schema, format }, JSON.stringify(good))).toEqual([]);
    expect(codesFor({ $schema, format }, JSON.stringify(bad))).toEqual(['wrong-format']);
  }
});
