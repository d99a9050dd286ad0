import { expect, test } from 'vitest';
import { compileSchema } from '../../src/schema/compile.js';
import { locateFault, type FaultReason } from '../../src/schema/fault.js';
import { codesFor, draft07, faultOf } from './checking.js';

const faults: [what: string, schema: string, reason: FaultReason, line: number, column: number][] = [
  ['no JSON', '{"type": "object",\n  "required": }', 'not-json', 2, 15],
  ['levels upon levels', `${'{"not":'.repeat(600)}{}${'}'.repeat(600)}`, 'too-deep', 1, 1],
  ['true', 'true', 'boolean', 1, 1],
  ['false', ' false', 'boolean', 1, 2],
  ['an array', '[]', 'not-object', 1, 1],
  ['a text', '"https://example.com"', 'not-object', 1, 1],
  ['null', 'null', 'not-object', 1, 1],
  ['draft-04', '{\n  "$schema": "http://json-schema.org/draft-04/schema#"}', 'unknown-draft', 2, 14],
  ['draft-06', '{"$schema": "http://json-schema.org/draft-06/schema"}', 'unknown-draft', 1, 13],
  ['2019-09', '{"$schema": "https://json-schema.org/draft/2019-09/schema"}', 'unknown-draft', 1, 13],
  ['a draft that isn’t a name', '{"$schema": 7}', 'unknown-draft', 1, 13],
  ['an unknown type', '{"type": "strnig"}', 'invalid', 1, 10],
  ['a limit that isn’t a number', '{"properties": {"é🙂": {"minLength": "1"}}}', 'invalid', 1, 37],
  ['a tuple of draft-07', '{"items": [{"type": "string"}]}', 'invalid', 1, 11],
  ['a limit of draft-04', '{"minimum": 1, "exclusiveMinimum": true}', 'invalid', 1, 36],
  ['an invalid pattern', '{"items": {"pattern": "(("}}', 'bad-pattern', 1, 23],
  ['an invalid name', '{"patternProperties": {"((": true}}', 'bad-pattern', 1, 30],
  ['a reference to nothing', '{"items": {"$ref": "#/$defs/x"}}', 'lost-reference', 1, 20],
  ['an anchor that isn’t there', '{"$ref": "#x"}', 'lost-reference', 1, 10],
  ['a URL', '{"items": {"$ref": "https://127.0.0.1:1/x.json"}}', 'foreign-reference', 1, 20],
  ['a file', '{"items": {"$ref": "./x.json#/$defs/a"}}', 'foreign-reference', 1, 20],
  [
    'a file beside its own address',
    '{"$id": "https://a.example/b", "items": {"$ref": "c"}}',
    'foreign-reference',
    1,
    50,
  ],
  ['a payload', '{"event": {"type": "x"}, "data": {}}', 'idle', 1, 1],
  ['definitions only', '{"$defs": {"a": {"type": "string"}}}', 'idle', 1, 1],
  ['nothing', '{}', 'idle', 1, 1],
  ['a circle', '{"$ref": "#"}', 'endless', 1, 1],
  [
    'a circle of references alone',
    '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}',
    'endless',
    1,
    1,
  ],
  ['a wider circle', '{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#"}]}}}', 'endless', 1, 1],
  ['one name twice', '{"type": "object", "$defs": {"a": {"$id": "urn:a"}, "b": {"$id": "urn:a"}}}', 'refused', 1, 1],
];

test.each(faults)('%s can’t be used, and is located', (...[, text, reason, line, column]) => {
  const fault = faultOf(text);
  expect(fault?.reason).toBe(reason);
  expect(fault && locateFault(fault, text)).toMatchObject({ line, column });
});

test.each<[string, object]>([
  ['keywords of vendors', { type: 'object', example: {}, 'x-order': 1, id: 'order', xml: { name: 'x' }, discriminator: { propertyName: 'a' } }], // prettier-ignore
  [
    'nullable without a type',
    { properties: { a: { $ref: '#/$defs/a', nullable: true } }, $defs: { a: { type: 'string' } } },
  ],
  ['a key that is called like a keyword', { properties: { nullable: { type: 'string' }, pattern: { type: 'string' }, $ref: { type: 'string' } } }], // prettier-ignore
  [
    'definitions under any name',
    { $ref: '#/components/schemas/A', components: { schemas: { A: { type: 'object', nullable: true } } } },
  ],
  ['a pattern for another flag', { pattern: '^[\\w\\-]+\\_$' }],
  [
    'a schema with an address inside',
    { $ref: 'https://example.com/a', $defs: { a: { $id: 'https://example.com/a', type: 'object' } } },
  ],
  ['a recursive schema', { type: 'object', properties: { child: { $ref: '#' } } }],
  ['code that ajv would run later', { $async: true, type: 'object' }],
  ['a tuple, in draft-07', { $schema: draft07, properties: { a: { items: [{}] } } }],
  ['the address of a draft without its end', { $schema: 'https://json-schema.org/draft-07/schema', type: 'object' }],
  ['a schema of schemas', { $schema: draft07, properties: { a: { $ref: draft07 } } }],
  ['values that look like schemas', { type: 'object', default: { pattern: '((' }, enum: [{}, { $ref: 'x' }] }],
])('%s can be used', (_, schema) => {
  expect(faultOf(JSON.stringify(schema))).toBeUndefined();
});

test('nullable adds null to a type, and nothing else', () => {
  const schema = { properties: { a: { type: 'string', nullable: true }, b: { $ref: '#/$defs/b', nullable: true } } };
  expect(codesFor({ ...schema, $defs: { b: { type: 'string', nullable: false } } }, { a: null, b: null })).toEqual([
    'wrong-type',
  ]);
});

test('without $schema, it is draft 2020-12', () => {
  const schema = { prefixItems: [{ type: 'string' }] };
  expect(codesFor(schema, [1])).toEqual(['wrong-type']);
  expect(codesFor({ ...schema, $schema: draft07, type: 'array' }, [1])).toEqual([]);
});

test('an unknown format is reported and not checked', () => {
  const text = JSON.stringify({ properties: { a: { format: 'x"y' }, b: { format: 'uuid' }, c: { format: 'iban' } } });
  expect(compileSchema(text).unknownFormats).toEqual(['x"y', 'iban']);
});
