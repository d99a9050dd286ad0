import { diffLines } from 'diff';
import microdiff from 'microdiff';
import { groupHeaders, redactHeaders } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import { structureOf } from '../json/structure.js';
import type { CapturedRequest } from '../recording/captured-request.js';
import type { BodyDifference, DifferenceReport, JsonChange } from './reports.js';

/** In milliseconds. Lines that have little in common take long to compare. */
const longest = 2000;

/** Levels of objects and arrays within each other. Deeper ones are compared as text. */
const deepest = 500;

type Compared = Pick<CapturedRequest, 'method' | 'target' | 'headers' | 'body'>;

type Two = readonly [Compared, Compared];

/** Compares two requests. It runs in a browser, too. */
export function differenceOf([one, other]: Two): Omit<DifferenceReport, 'type' | 'file' | 'positions'> {
  return {
    ...(one.method !== other.method && { method: [one.method, other.method] as const }),
    ...(one.target !== other.target && { target: [one.target, other.target] as const }),
    headers: headersOf([one, other]),
    body: bodyOf(one.body, other.body),
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

function bodyOf(one: Uint8Array, other: Uint8Array): BodyDifference {
  if (isSame(one, other)) return { form: 'same' };
  const [before, after] = [containerIn(one), containerIn(other)];
  if (before && after && Array.isArray(before) === Array.isArray(after))
    return { form: 'json', changes: microdiff(before, after).map(changeOf) };
  const [left, right] = [textIn(one), textIn(other)];
  const lines = left !== undefined && right !== undefined ? diffLines(left, right, { timeout: longest }) : undefined;
  if (!lines) return { form: 'bytes', bytes: [one.length, other.length] };
  return {
    form: 'text',
    lines: lines.flatMap(({ added, removed, value }) => {
      const kind = added ? 'added' : removed ? 'removed' : 'same';
      return value.replace(/\n$/, '').split('\n').map(text => ({ kind, text }) as const); // prettier-ignore
    }),
  };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

/** Undefined for what isn't an object or an array, or too deep to be compared by recursion. */
function containerIn(body: Uint8Array): Record<string, unknown> | undefined {
  const json = jsonIn(body);
  if (typeof json !== 'object' || json === null) return undefined;
  return structureOf(utf8.decode(body), json).depth <= deepest ? (json as Record<string, unknown>) : undefined;
}

function changeOf(change: ReturnType<typeof microdiff>[number]): JsonChange {
  if (change.type === 'CREATE') return { kind: 'added', path: change.path, after: change.value as unknown };
  if (change.type === 'REMOVE') return { kind: 'removed', path: change.path, before: change.oldValue as unknown };
  return { kind: 'changed', path: change.path, before: change.oldValue as unknown, after: change.value as unknown };
}

const utf8 = new TextDecoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined if it isn't text. */
function textIn(body: Uint8Array): string | undefined {
  if (body.includes(0)) return undefined;
  try {
    return strictUtf8.decode(body);
  } catch {
    return undefined;
  }
}
