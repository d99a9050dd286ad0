import * as z from 'zod/mini';
import { catalogue, eventNames, type EventName } from './catalogue.js';
import { envelope } from './envelope.js';
import { loadSchemas, type SchemaOf } from './inspect.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** A name rather than an address, so that nothing is fetched. */
const idOf = (name: string): string => `urn:webhook-cli:event:${name}`;

/** Returns the schema that `inspect` checks an event against, as JSON Schema 2020-12. */
export const jsonSchemaOf = async (name: EventName): Promise<JsonSchema> => ({
  $schema: dialect,
  $id: idOf(name),
  ...definitionOf(name, await loadSchemas()),
});

/** Returns one schema for all events, selected by `event.type`. An event of an unknown type needs only the envelope. */
export async function jsonSchemaOfAll(): Promise<JsonSchema> {
  const schemaOf = await loadSchemas();
  return {
    $schema: dialect,
    $id: idOf('all'),
    title: "Fin's webhook events",
    description: 'Distinguished by event.type; an event of another type needs only the envelope.',
    allOf: [
      { $ref: '#/$defs/envelope' },
      ...eventNames.map(name => ({ if: hasType(name), then: { $ref: `#/$defs/${name}` } })),
    ],
    $defs: {
      envelope: { title: 'envelope', description: 'what all events share', ...bare(envelope) },
      ...Object.fromEntries(eventNames.map(name => [name, definitionOf(name, schemaOf)])),
    },
  };
}

const definitionOf = (name: EventName, schemaOf: SchemaOf): JsonSchema => ({
  title: name,
  description: catalogue[name].summary,
  ...bare(schemaOf(name)),
});

const bare = (schema: z.ZodMiniType): JsonSchema =>
  Object.fromEntries(Object.entries(z.toJSONSchema(schema, { io: 'input' })).filter(([key]) => key !== '$schema'));

const hasType = (name: EventName): JsonSchema => ({
  type: 'object',
  required: ['event'],
  properties: { event: { type: 'object', required: ['type'], properties: { type: { const: name } } } },
});
