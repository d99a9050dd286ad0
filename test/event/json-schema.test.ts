import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, eventNames, isEventName, type EventName } from '../../src/event/catalogue.js';
import { jsonSchemaOf, jsonSchemaOfAll } from '../../src/event/json-schema.js';
import { inspect } from '../support/events.js';
import { root } from '../support/cli.js';
import { brokenPayloads, fixtureJson, jsonOf, keysOf, nameOf, replaced } from './broken-payloads.js';
import { misprints } from './misprints.js';
import { fullDocument } from './published.js';

// Reports all errors, and refuses a schema with a keyword that ajv doesn't know or that can never hold.
const ajv = new Ajv2020({ strict: true, allErrors: true });
const documents = new Map(await Promise.all(eventNames.map(async name => [name, await jsonSchemaOf(name)] as const)));
const schemas = new Map(eventNames.map(name => [name, ajv.compile(documents.get(name)!)]));
const all = ajv.compile(await jsonSchemaOfAll());

const fixtures = readdirSync(path.join(root, 'fixtures/events')).map(file => path.basename(file, '.json'));

const typeOf = (json: unknown): EventName => {
  const { type } = (json as { event: { type: string } }).event;
  if (!isEventName(type)) throw new Error(`${type} has no schema.`);
  return type;
};

const schemaOf = (fixture: string): ValidateFunction => schemas.get(typeOf(fixtureJson(fixture)))!;
const inspected = (json: unknown) => inspect(Buffer.from(JSON.stringify(json)));

test('every event has a fixture', () => {
  expect(new Set(fixtures.map(fixture => typeOf(fixtureJson(fixture))))).toEqual(new Set(eventNames));
});

test.each(fixtures)('%s fits its own schema and the one for all events, but no other', fixture => {
  const json = fixtureJson(fixture);
  expect(all(json), JSON.stringify(all.errors)).toBe(true);
  expect(eventNames.filter(name => schemas.get(name)!(json))).toEqual([typeOf(json)]);
});

describe('an invalid event is invalid for both, at the same place', () => {
  test.each(brokenPayloads.map(broken => ({ name: nameOf(broken), broken })))('$name', ({ broken }) => {
    const json = jsonOf(broken);
    const { isEvent, problems } = inspected(json);
    expect(isEvent).toBe(false);
    expect(problems.filter(({ level }) => level === 'error').map(({ path }) => path)).toContainEqual(
      keysOf(broken.place),
    );
    const validate = schemaOf(broken.fixture);
    expect(validate(json)).toBe(false);
    const places = validate.errors?.map(({ instancePath, keyword, params }) =>
      [
        ...instancePath.split('/').slice(1),
        ...(keyword === 'required' ? [String(params['missingProperty'])] : []),
      ].join('.'),
    );
    expect(places).toContain(keysOf(broken.place).join('.'));
    expect(all(json)).toBe(false);
  });
});

const parseable = misprints.filter(({ code }) => code !== 'not-json' && code !== 'byte-order-mark');

test.each(parseable)('both give the same result: $name', ({ text }) => {
  const json = JSON.parse(text) as unknown;
  expect(all(json)).toBe(inspect(Buffer.from(text)).isEvent);
});

test('covers enough events of every type', () => {
  expect(brokenPayloads.length).toBeGreaterThanOrEqual(40);
  expect(new Set(brokenPayloads.map(({ fixture }) => typeOf(fixtureJson(fixture))))).toEqual(new Set(eventNames));
});

test.each<[string, string, unknown]>([
  ['an unknown status', 'data.customer_status', 'FROZEN'],
  ['another key in data', 'data.new_key', { a: [1] }],
  ['another key in event', 'event.new_key', null],
  ['an id that isn’t a UUID', 'event.id', 'cust-1'],
  ['a bare UUID as tos_policies_url', 'data.tos_policies_url', '67bd224e-9a71-4dc0-8782-f40ac07eb94e'],
  ['nine fraction digits', 'event.created_at', '2026-01-18T09:08:18.663480001Z'],
  ['no fraction and an offset', 'event.created_at', '2026-01-18T09:08:18+02:00'],
])('both accept %s', (_, place, value) => {
  const json = replaced(fullDocument(), place.split('.'), value);
  expect([inspected(json).isEvent, schemas.get('customer.status')!(json), all(json)]).toEqual([true, true, true]);
});

test('an event of an unknown type needs only the envelope', () => {
  const { event } = fullDocument();
  const unknown = { event: { ...event, type: 'payout.status' }, data: { anything: 1 } };
  expect([inspected(unknown).isEvent, all(unknown)]).toEqual([true, true]);
  const broken = replaced(unknown, ['event', 'id'], undefined);
  expect([inspected(broken).isEvent, all(broken)]).toEqual([false, false]);
});

const placesIn = (json: unknown): (string | number)[][] =>
  typeof json !== 'object' || json === null
    ? [[]]
    : [[], ...Object.entries(json).flatMap(([key, value]) => placesIn(value).map(rest => [key, ...rest]))];

test('both give the same result for any value in any place of a fixture', () => {
  const anyPlace = fc
    .constantFrom(...fixtures.map(fixtureJson))
    .chain(json => fc.record({ json: fc.constant(json), keys: fc.constantFrom(...placesIn(json)) }));
  const anyValue = fc.oneof(fc.constant(undefined), fc.constantFrom('', null, 0, [], {}), fc.jsonValue());
  fc.assert(
    fc.property(anyPlace, anyValue, ({ json, keys }, value) => {
      fc.pre(keys.length > 0 || value !== undefined);
      const changed = replaced(structuredClone(json), keys, value);
      expect(all(changed)).toBe(inspected(changed).isEvent);
    }),
    { numRuns: 2000 },
  );
});

test.each(eventNames)('the schema of %s describes it and lists the documented statuses', name => {
  const schema = documents.get(name)!;
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:webhook-cli:event:${name}`,
    title: name,
    description: catalogue[name].summary,
    type: 'object',
  });
  const text = JSON.stringify(schema);
  expect(catalogue[name].status.names.filter(status => !text.includes(`"${status}"`))).toEqual([]);
});
