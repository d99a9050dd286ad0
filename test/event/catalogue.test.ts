import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, eventNames, isEventName, statusNamed, walkingEvents } from '../../src/event/catalogue.js';
import { customerTypes } from '../../src/event/event.js';
import { loadSchemas } from '../../src/event/inspect.js';
import { root } from '../support/cli.js';
import { generateEvents, inspect } from '../support/events.js';

const schemaOf = await loadSchemas();

interface Node {
  def: { type: string; innerType?: Node; shape?: Record<string, Node>; values?: unknown[] };
}

/** The schema at `path`, inside `optional` and the like; undefined if there is none. */
function below(node: Node | undefined, keys: readonly string[]): Node | undefined {
  if (node?.def.innerType) return below(node.def.innerType, keys);
  const [key, ...rest] = keys;
  return key === undefined ? node : below(node?.def.shape?.[key], rest);
}

describe.each(eventNames)('%s: facts, schema and generator agree', name => {
  const { status, reference, hasCustomer, hasType, walks } = catalogue[name];
  const schema = schemaOf(name) as unknown as Node;

  test('the entry and the schema have this name', () => {
    expect(catalogue[name].name).toBe(name);
    expect(below(schema, ['event', 'type'])?.def).toMatchObject({ type: 'literal', values: [name] });
  });

  test('the paths of its facts are in its schema', () => {
    expect(below(schema, reference)?.def.type).toBe('string');
    if (status.path.length > 0) expect(below(schema, status.path)?.def.type).toBe('string');
    expect(status.path.length > 0).toBe(status.documented.length > 0);
    expect(below(schema, ['data', 'customer_id']) !== undefined).toBe(hasCustomer);
    expect(below(schema, ['data', 'type']) !== undefined).toBe(hasType);
  });

  test.each(customerTypes)('its generator makes a valid event of an %s in every documented status', type => {
    const statuses = status.names.length > 0 ? status.names : [''];
    const bodies = generateEvents({ event: name, statuses, type, seed: 1, now: new Date('2026-01-31T09:30:00Z') });
    expect(bodies).toHaveLength(statuses.length);
    for (const body of bodies) expect(inspect(body, name)).toMatchObject({ isEvent: true, problems: [] });
  });

  test('its walks have only documented statuses', () => {
    const steps = customerTypes.flatMap(type => walks?.(type).flat(3) ?? []);
    expect(steps.filter(step => !status.names.includes(step))).toEqual([]);
    expect(walkingEvents.includes(name)).toBe(steps.length > 0);
  });
});

test('every event folder is in the catalogue exactly once', async () => {
  const folder = path.join(root, 'src/event');
  const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
  const modules = folders.map(({ name }) => import(path.join(folder, name, 'index.ts')) as Promise<object>);
  const rows = (await Promise.all(modules)).flatMap(module => Object.values(module) as { name: string }[]);
  expect(rows.map(({ name }) => name).sort()).toEqual([...eventNames].sort());
  expect(new Set(eventNames).size).toBe(eventNames.length);
});

test('a name that every object has isn’t an event', () => {
  expect(['constructor', '__proto__', 'toString', ''].filter(isEventName)).toEqual([]);
});

test('finds a status in upper or lower case, but only in its own event', () => {
  expect(statusNamed('transaction.status', 'completed')).toBe('COMPLETED');
  expect(statusNamed('customer.status', 'completed')).toBeUndefined();
  expect(statusNamed('customer.rfi', '')).toBeUndefined();
});
