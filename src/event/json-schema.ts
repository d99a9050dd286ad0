import * as z from 'zod';
import { eventNames, type EventName } from './catalogue.js';
import { envelope } from './envelope.js';
import { eventTypes } from './event-types.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** A name and no address: nothing is to be fetched. */
const idOf = (name: string): string => `urn:webhook-cli:event:${name}`;

/** What a body has to be, to be this event: the schema that `inspect` judges by, as JSON Schema 2020-12. */
export const jsonSchemaOf = (name: EventName): JsonSchema => ({
  $schema: dialect,
  $id: idOf(name),
  ...definitionOf(name),
});

/** The same for any event, by its type. One of a type that isn't known needs no more than the envelope. */
export const jsonSchemaOfAll = (): JsonSchema => ({
  $schema: dialect,
  $id: idOf('all'),
  title: "Fin's webhook events",
  description: 'Told apart by event.type; an event of another type needs no more than the envelope.',
  allOf: [
    { $ref: '#/$defs/envelope' },
    ...eventNames.map(name => ({ if: hasType(name), then: { $ref: `#/$defs/${name}` } })),
  ],
  $defs: {
    envelope: { title: 'envelope', description: 'what all events share', ...bare(envelope) },
    ...Object.fromEntries(eventNames.map(name => [name, definitionOf(name)])),
  },
});

function definitionOf(name: EventName): JsonSchema {
  const type = eventTypes.get(name);
  if (!type) throw new Error(`There is no schema for ${name}.`);
  return { title: name, description: type.summary, ...bare(type.schema) };
}

const bare = (schema: z.ZodType): JsonSchema =>
  Object.fromEntries(Object.entries(z.toJSONSchema(schema, { io: 'input' })).filter(([key]) => key !== '$schema'));

const hasType = (name: EventName): JsonSchema => ({
  type: 'object',
  required: ['event'],
  properties: { event: { type: 'object', required: ['type'], properties: { type: { const: name } } } },
});
