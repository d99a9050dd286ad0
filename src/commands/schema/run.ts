import { UsageError } from '../../errors.js';
import { usualEvent, type EventName } from '../../event/catalogue.js';
import { jsonSchemaOf, jsonSchemaOfAll, type JsonSchema } from '../../event/json-schema.js';
import type { Context, Verdict } from '../command.js';

export interface SchemaOptions {
  event?: EventName;
  all?: boolean;
}

export interface SchemaReport {
  type: 'schema';
  /** Null: all of them. */
  event: EventName | null;
  /** JSON Schema 2020-12. */
  schema: JsonSchema;
}

export async function run({ event, all }: SchemaOptions, { report }: Context<SchemaReport>): Promise<Verdict> {
  if (all && event !== undefined)
    throw new UsageError(`${event} and --all were given together`, { hint: 'ask for one event, or for all of them' });
  const name = all ? null : (event ?? usualEvent);
  await report({ type: 'schema', event: name, schema: name === null ? jsonSchemaOfAll() : jsonSchemaOf(name) });
  return 'positive';
}

/** A document: the file that it's going to be. */
export const view = ({ schema }: SchemaReport): Uint8Array => Buffer.from(`${JSON.stringify(schema, null, 2)}\n`);
