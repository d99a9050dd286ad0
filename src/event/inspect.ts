import type * as z from 'zod/mini';
import { catalogue, eventNames, isEventName, loadAll, type EventName } from './catalogue.js';
import { envelope } from './envelope.js';
import { inspectionOf, type Inspection } from './inspection.js';
import { lint, unknownStatus } from './lint.js';
import { problemOf, type Problem } from './problem.js';
import { unknownKeys } from './unknown-keys.js';
import { valueAt } from '../json/value-at.js';

export type { Inspection };

/** Checks a body against the schema of its `event.type`, or of `type`, which its `event.type` then has to equal. */
export type Inspect = (body: Uint8Array, type?: string) => Inspection;

/** Loads all schemas, so that bodies can be inspected synchronously. */
export async function loadInspector(): Promise<Inspect> {
  const schemaOf = await loadSchemas();
  return (body, type) => inspect(body, type, schemaOf);
}

export type SchemaOf = (event: EventName) => z.ZodMiniObject;

let loading: Promise<SchemaOf> | undefined;

/** Loads all schemas once, and builds each on first use: building all of them takes longer than checking an event. */
export const loadSchemas = (): Promise<SchemaOf> => (loading ??= load());

async function load(): Promise<SchemaOf> {
  const makers = await loadAll('schema');
  const made = new Map<EventName, z.ZodMiniObject>();
  const make = (event: EventName): z.ZodMiniObject => {
    const schema = makers[event](catalogue[event]);
    made.set(event, schema);
    return schema;
  };
  return event => made.get(event) ?? make(event);
}

const inspect = (body: Uint8Array, type: string | undefined, schemaOf: SchemaOf): Inspection =>
  inspectionOf(body, json => problemsOf(json, type ?? valueAt(json, ['event', 'type']), schemaOf));

function problemsOf(json: unknown, type: unknown, schemaOf: SchemaOf): Problem[] {
  const event = isEventName(type) ? type : undefined;
  const schema = event === undefined ? envelope : schemaOf(event);
  const { error } = schema.safeParse(json);
  const errors = error ? error.issues.map(issue => problemOf(issue, json)) : [];
  if (event === undefined) return errors.length > 0 ? errors : [unknownEvent];
  const unknown = unknownKeys(json, schema).map(unknownKey);
  return errors.concat(unknownStatus(json, catalogue[event]), unknown, lint(json, catalogue[event]));
}

const unknownEvent: Problem = {
  level: 'warning',
  code: 'unknown-event',
  path: ['event', 'type'],
  expected: eventNames.join(', '),
};

const unknownKey = (path: Problem['path']): Problem => ({ level: 'warning', code: 'unknown-key', path });
