import type * as z from 'zod';
import { catalogue, eventNames, isEventName, loadAll, type EventName } from './catalogue.js';
import { envelope } from './envelope.js';
import type { EventFacts } from './event.js';
import { lint } from './lint.js';
import { nameOrKind, problemOf, type Problem } from './problem.js';
import { unknownKeys } from './unknown-keys.js';
import { foreignFormOf, type ForeignForm } from '../json/foreign-form.js';
import { valueAt } from '../json/value-at.js';

/** Checks a body against the schema of its `event.type`, or of `type`, which it has to be then. */
export type Inspect = (body: Uint8Array, type?: string) => Inspection;

export interface Inspection {
  /** There is no error; there may be warnings. */
  isEvent: boolean;
  /** The first hundred, in the order found. */
  problems: readonly Problem[];
  /** The number of problems beyond the first hundred. */
  omitted: number;
  /** The body as text, without its byte order mark; undefined if it isn't UTF-8. */
  text?: string;
  /** The parsed body; undefined if it isn't JSON. */
  json: unknown;
}

/** Loads all schemas, so that bodies can be inspected without waiting. */
export async function loadInspector(): Promise<Inspect> {
  const schemaOf = await loadSchemas();
  return (body, type) => inspect(body, type, schemaOf);
}

export type SchemaOf = (event: EventName) => z.ZodObject;

let loading: Promise<SchemaOf> | undefined;

/** Loads all schemas once, and makes each when it is first wanted: making all of them takes longer than checking an event. */
export const loadSchemas = (): Promise<SchemaOf> => (loading ??= load());

async function load(): Promise<SchemaOf> {
  const makers = await loadAll('schema');
  const made = new Map<EventName, z.ZodObject>();
  const make = (event: EventName): z.ZodObject => {
    const schema = makers[event](catalogue[event]);
    made.set(event, schema);
    return schema;
  };
  return event => made.get(event) ?? make(event);
}

function inspect(body: Uint8Array, type: string | undefined, schemaOf: SchemaOf): Inspection {
  const parsed = parseJson(body);
  if ('problem' in parsed) {
    const { problem, ...text } = parsed;
    return { isEvent: false, problems: [problem], omitted: 0, json: undefined, ...text };
  }
  const { text, json } = parsed;
  const found = problemsOf(json, type ?? valueAt(json, ['event', 'type']), schemaOf);
  const problems = hasByteOrderMark(body) ? [byteOrderMark, ...found] : found;
  return {
    isEvent: problems.every(({ level }) => level !== 'error'),
    problems: problems.length > mostProblems ? problems.slice(0, mostProblems) : problems,
    omitted: Math.max(0, problems.length - mostProblems),
    text,
    json,
  };
}

const mostProblems = 100;

const decoder = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Uint8Array): { text: string; json: unknown } | { text?: string; problem: Problem } {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return { problem: notUtf8(foreignFormOf(body)) };
  }
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    // Without a mark, UTF-16 may be UTF-8 with many NULs.
    const form = foreignFormOf(body);
    if (form !== undefined) return { problem: notUtf8(form) };
    // The parser's own message quotes the input, which may be personal.
    return { text, problem: { level: 'error', code: 'not-json', path: [] } };
  }
}

const notUtf8 = (form: ForeignForm | undefined): Problem => ({
  level: 'error',
  code: 'not-utf8',
  path: [],
  ...(form !== undefined && { found: form }),
});

const byteOrderMark: Problem = { level: 'warning', code: 'byte-order-mark', path: [] };

const hasByteOrderMark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;

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

function unknownStatus(json: unknown, { status: { path, names } }: EventFacts): Problem[] {
  const status = valueAt(json, path);
  const isKnown = typeof status !== 'string' || status === '' || names.includes(status);
  return isKnown ? [] : [{ level: 'warning', code: 'unknown-status', path, found: nameOrKind(status) }];
}
