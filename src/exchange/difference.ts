import microdiff from 'microdiff';
import { groupHeaders, redactHeaders } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import { isDeeperThan } from '../json/depth.js';
import type { CapturedRequest } from '../recording/captured-request.js';
import type { BodyDifference, DifferenceReport, JsonChange } from './reports.js';

/** The deepest nesting to compare as JSON. Deeper bodies are compared as text. */
const deepest = 500;

type Compared = Pick<CapturedRequest, 'method' | 'target' | 'headers' | 'body'>;

type Two = readonly [Compared, Compared];

/** Compares texts line by line. Undefined if one isn't text, or the comparison takes too long. */
export type CompareLines = (one: Uint8Array, other: Uint8Array) => ComparedLine[] | undefined;

type ComparedLine = Extract<BodyDifference, { form: 'text' }>['lines'][number];

/** Compares two requests. Also runs in a browser. */
export function differenceOf(
  [one, other]: Two,
  compareLines: CompareLines,
): Omit<DifferenceReport, 'type' | 'file' | 'positions'> {
  return {
    ...(one.method !== other.method && { method: [one.method, other.method] as const }),
    ...(one.target !== other.target && { target: [one.target, other.target] as const }),
    headers: headersOf([one, other]),
    body: bodyOf([one.body, other.body], compareLines),
  };
}

function headersOf([one, other]: Two): DifferenceReport['headers'] {
  const lower = (name: string) => name.toLowerCase();
  const [left, right] = [
    groupHeaders(redactHeaders(one.headers), lower),
    groupHeaders(redactHeaders(other.headers), lower),
  ];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map(name => ({ name, values: [left.get(name) ?? [], right.get(name) ?? []] as const }))
    .filter(({ values: [before, after] }) => before.length !== after.length || before.some((value, index) => value !== after[index])); // prettier-ignore
}

function bodyOf([one, other]: readonly [Uint8Array, Uint8Array], compareLines: CompareLines): BodyDifference {
  if (isSame(one, other)) return { form: 'same' };
  const [before, after] = [containerIn(one), containerIn(other)];
  if (before && after && Array.isArray(before) === Array.isArray(after))
    return { form: 'json', changes: microdiff(before, after).map(changeOf) };
  const lines = compareLines(one, other);
  return lines ? { form: 'text', lines } : { form: 'bytes', bytes: [one.length, other.length] };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

/** Undefined unless the body is an object or an array, and shallow enough to compare by recursion. */
function containerIn(body: Uint8Array): Record<string, unknown> | undefined {
  const json = jsonIn(body);
  if (typeof json !== 'object' || json === null || isDeeperThan(json, deepest)) return undefined;
  return json as Record<string, unknown>;
}

function changeOf(change: ReturnType<typeof microdiff>[number]): JsonChange {
  if (change.type === 'CREATE') return { kind: 'added', path: change.path, after: change.value as unknown };
  if (change.type === 'REMOVE') return { kind: 'removed', path: change.path, before: change.oldValue as unknown };
  return { kind: 'changed', path: change.path, before: change.oldValue as unknown, after: change.value as unknown };
}
