import { createHash } from 'node:crypto';
import { InvalidValueError, UnknownNameError } from '../errors.js';
import { catalogue, isEventName } from './catalogue.js';
import { microseconds } from './timestamp.js';
import { isKeyOf, isPosition, valueAt } from '../json/value-at.js';

/** The changes to an event. */
export interface Shape {
  customer?: string | undefined;
  /** Replaces the event id; the same seed gives the same id. */
  seed?: string | undefined;
  /** When the event was created. */
  now?: Date | undefined;
  set?: readonly Assignment[] | undefined;
  /** Paths of keys to remove. */
  unset?: readonly Path[] | undefined;
}

/** Keys and positions from the body inwards. */
export type Path = readonly string[];

export interface Assignment {
  path: Path;
  value: unknown;
}

type Branch = Record<string, unknown> | unknown[];

/**
 * Changes an event. Returns compact JSON, or the same bytes without changes. Throws InvalidValueError and
 * UnknownNameError.
 */
export function reshape(body: Uint8Array, shape: Shape): Uint8Array {
  if (Object.values(shape).every(change => change === undefined || (Array.isArray(change) && change.length === 0)))
    return body;
  const json = JSON.parse(new TextDecoder().decode(body)) as Branch;
  for (const assignment of assignmentsIn(shape, json)) assign(json, assignment);
  for (const path of shape.unset ?? []) remove(json, path);
  return Buffer.from(JSON.stringify(json));
}

function assignmentsIn({ customer, seed, now, set = [] }: Shape, json: Branch): Assignment[] {
  const values = [
    ...customerPlaces(json).map(path => ({ path, value: customer })),
    { path: ['event', 'id'], value: seed === undefined ? undefined : uuidOf(seed) },
    { path: ['event', 'created_at'], value: now && microseconds(now) },
  ];
  return [...values.filter(({ value }) => value !== undefined), ...set];
}

/** The paths of the customer's id in an event. */
export const customerPlaces = (json: unknown): Path[] => [
  ...(isAboutCustomer(json) ? [['event', 'event_reference_id']] : []),
  ['data', 'customer_id'],
];

/** Whether the reference id is the customer's. It counts as such in an unknown event. */
function isAboutCustomer(json: unknown): boolean {
  const type = valueAt(json, ['event', 'type']);
  return !isEventName(type) || catalogue[type].reference.includes('customer_id');
}

function assign(json: Branch, { path, value }: Assignment): void {
  put(branchAt(json, path, { isMaking: true }), path, value);
}

function put(branch: Branch, path: Path, value: unknown): void {
  const key = path.at(-1) ?? '';
  if (Array.isArray(branch) && !(isPosition(key) && Number(key) <= branch.length)) {
    throw new InvalidValueError(`${path.join('.')} isn't a position in the array, nor the one after its end`);
  }
  // Plain assignment would treat `__proto__` as the prototype.
  Object.defineProperty(branch, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(json: Branch, path: Path): void {
  const [branch, key] = [branchAt(json, path, { isMaking: false }), path.at(-1) ?? ''];
  if (!isKeyOf(branch, key)) throw new UnknownNameError('key', path.join('.'), { known: siblingsOf(branch, path) });
  if (Array.isArray(branch)) branch.splice(Number(key), 1);
  else Reflect.deleteProperty(branch, key);
}

const siblingsOf = (branch: Branch, path: Path): string[] =>
  Object.keys(branch).map(key => [...path.slice(0, -1), key].join('.'));

/** The object or array that holds the last key of `path`. */
function branchAt(json: Branch, path: Path, { isMaking }: { isMaking: boolean }): Branch {
  let branch = json;
  for (const [index, key] of path.slice(0, -1).entries()) {
    const here = path.slice(0, index + 1);
    if (!isKeyOf(branch, key)) {
      if (!isMaking) throw new UnknownNameError('key', here.join('.'), { known: siblingsOf(branch, here) });
      put(branch, here, {});
    }
    const next = (branch as Record<string, unknown>)[key];
    if (typeof next !== 'object' || next === null)
      throw new InvalidValueError(`${here.join('.')} has nothing below it`);
    branch = next as Branch;
  }
  return branch;
}

/** Returns a version 4 UUID that depends only on the seed. */
export function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
