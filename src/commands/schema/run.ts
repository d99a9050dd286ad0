import { usualEvent, type EventName } from '../../event/catalogue.js';
import { jsonSchemaOf, jsonSchemaOfAll, type JsonSchema } from '../../event/json-schema.js';
import type { Ports, Verdict } from '../../contract/command.js';

export interface SchemaOptions {
  event?: EventName;
  all?: boolean;
}

export interface SchemaReport {
  type: 'schema';
  /** Null for the schema of all events. */
  event: EventName | null;
  /** JSON Schema 2020-12. */
  schema: JsonSchema;
}

export async function run({ event, all }: SchemaOptions, { reporting }: Ports<SchemaReport>): Promise<Verdict> {
  const name = all ? null : (event ?? usualEvent);
  const schema = await (name === null ? jsonSchemaOfAll() : jsonSchemaOf(name));
  await reporting.report({ type: 'schema', event: name, schema });
  return 'positive';
}

/** Shows the schema byte for byte, since users save it to a file. */
export const view = ({ schema }: SchemaReport): Uint8Array => Buffer.from(`${JSON.stringify(schema, null, 2)}\n`);
