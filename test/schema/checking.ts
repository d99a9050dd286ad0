import { problemWords } from '../../src/event/problem-words.js';
import type { Inspection } from '../../src/event/inspection.js';
import { compileSchema } from '../../src/schema/compile.js';
import { SchemaFault } from '../../src/schema/fault.js';
import { createSchemaInspector } from '../../src/schema/inspector.js';

export const draft07 = 'http://json-schema.org/draft-07/schema#';

/** Milliseconds. Long enough that a busy machine doesn't look like a slow schema. */
const patience = 60_000;

/** A schema's problems in a body, which is JSON or a text. */
export function inspected(schema: object, body: unknown): Inspection {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return createSchemaInspector(compileSchema(JSON.stringify(schema)), patience).inspect(Buffer.from(text));
}

/** The same in words. */
export const wordsFor = (schema: object, body: unknown): string[] =>
  inspected(schema, JSON.stringify(body)).problems.map(problemWords);

export const codesFor = (schema: object, body: unknown): string[] =>
  inspected(schema, body).problems.map(({ code }) => code);

/** Why a schema can't be used; undefined if it can. */
export function faultOf(schema: string): SchemaFault | undefined {
  try {
    compileSchema(schema);
    return undefined;
  } catch (error) {
    if (error instanceof SchemaFault) return error;
    throw error;
  }
}
