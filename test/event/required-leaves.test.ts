import { describe, expect, test } from 'vitest';
import { catalogue, eventNames } from '../../src/event/catalogue.js';
import { loadSchemas } from '../../src/event/inspect.js';
import { locate } from '../../src/event/locate.js';
import { createEventMaker, inspect } from '../support/events.js';

type Json = Record<string, unknown>;

/** The keys that the schema requires, down to those without children. */
function requiredLeaves(schema: unknown, path: readonly string[] = []): (readonly string[])[] {
  const { def } = schema as { def: { type: string; shape?: Record<string, unknown> } };
  if (def.type === 'optional') return [];
  return def.shape
    ? Object.entries(def.shape).flatMap(([key, below]) => requiredLeaves(below, [...path, key]))
    : [path];
}

const located = (text: string) => {
  const body = Buffer.from(text);
  const { problems, text: read } = inspect(body);
  return locate(body, { problems, text: read });
};

/** As an editor counts. */
function placeOf(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 };
}

const eventsOf = (event: (typeof eventNames)[number]): Json[] =>
  [1, 2, 3, 4, 5].flatMap(seed => {
    const statuses = catalogue[event].status.names.slice(0, 1);
    const now = new Date('2026-01-31T09:30:00Z');
    const course = { event, statuses: statuses.length > 0 ? statuses : [''], type: 'BUSINESS' as const, now };
    return createEventMaker(seed)
      .events(course)
      .map(body => JSON.parse(Buffer.from(body).toString()) as Json);
  });

const parentOf = (json: Json, path: readonly string[]): Json =>
  path.slice(0, -1).reduce((parent, key) => parent[key] as Json, json);

const schemaOf = await loadSchemas();

describe.each(eventNames)('%s', event => {
  const leaves = requiredLeaves(schemaOf(event));

  test('requires at least its ids, its type and its time', () => {
    expect(leaves).toContainEqual(['event', 'id']);
    expect(leaves).toContainEqual(catalogue[event].reference);
  });

  test.each(leaves.map(path => ({ path, name: path.join('.') })))(
    'without $name has a problem at the object around it',
    ({ path }) => {
      for (const json of eventsOf(event)) {
        const parent = parentOf(json, path);
        Reflect.deleteProperty(parent, path.at(-1) ?? '');
        const text = JSON.stringify(json, null, 2);
        const offset = text.indexOf('{', text.indexOf(`"${path[0] ?? ''}"`));
        // Without its type, an event is checked as an envelope, which requires nothing more.
        expect(located(text)).toContainEqual(
          expect.objectContaining({ code: 'missing', path, ...placeOf(text, offset) }),
        );
      }
    },
  );

  test.each(leaves.map(path => ({ path, name: path.join('.') })))(
    'with null for $name has a problem at that place',
    ({ path }) => {
      for (const json of eventsOf(event)) {
        parentOf(json, path)[path.at(-1) ?? ''] = 'HERE';
        const marked = JSON.stringify(json, null, 2);
        const text = marked.replace('"HERE"', 'null');
        expect(located(text)).toContainEqual(
          expect.objectContaining({ level: 'error', path, ...placeOf(text, marked.indexOf('"HERE"')) }),
        );
      }
    },
  );
});
