import type { Path } from '../json/text.js';

/** A JSON object that is or may be a schema. */
export type SchemaObject = Record<string, unknown>;

export interface Subschema {
  schema: SchemaObject;
  path: Path;
  /** Whether its parent keyword holds schemas. Below an unknown keyword, it is a schema only if something refers to it. */
  isCertain: boolean;
}

/** Keywords with a schema, or a list of them. */
const holders = new Set(
  (
    'additionalItems additionalProperties allOf anyOf contains contentSchema else if items not oneOf prefixItems ' +
    'propertyNames then unevaluatedItems unevaluatedProperties'
  ).split(' '),
);

/** Keywords with schemas under names. */
const maps = new Set('$defs definitions dependencies dependentSchemas patternProperties properties'.split(' '));

/** Keywords with any JSON. */
const values = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Walks through a schema and its subschemas. It must not be too deeply nested for recursion. */
export function* subschemasIn(json: unknown, path: Path = [], isCertain = true): Generator<Subschema> {
  if (!isObject(json)) return;
  yield { schema: json, path, isCertain };
  for (const [key, value] of Object.entries(json)) {
    if (values.has(key)) continue;
    const isKnown = isCertain && (maps.has(key) || holders.has(key));
    for (const [below, inner] of innerOf(key, value)) yield* subschemasIn(inner, [...path, ...below], isKnown);
  }
}

/** The values in a keyword, with their paths. */
function innerOf(key: string, value: unknown): [Path, unknown][] {
  if (!maps.has(key) && !Array.isArray(value)) return [[[key], value]];
  return childrenOf(value).map(([name, inner]) => [[key, name], inner]);
}

const childrenOf = (value: unknown): [PropertyKey, unknown][] =>
  Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];

export const isObject = (json: unknown): json is SchemaObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
