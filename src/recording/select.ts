import { isMatch, type Match } from '../event/match.js';
import { jsonIn } from '../json/parse.js';
import { isKeyOf, valueAt } from '../json/value-at.js';
import { isRefused, statusOf } from './answered.js';
import type { CaptureDamage, CapturedRequest } from './captured-request.js';
import type { Exchange } from './exchanges.js';

/** Positions from `from` to `to`, both included. */
export interface Range {
  from: number;
  to: number;
}

/** The filters for requests of a capture. A request has to pass all of them; without any, all requests pass. */
export interface Selection {
  /** Positions in the capture, from 1. */
  positions?: readonly Range[] | undefined;
  /** Values that the body must have. */
  matches?: readonly Match[] | undefined;
  /** Whether events of this type are wanted. */
  isWantedEvent?: ((request: CapturedRequest) => boolean) | undefined;
  /** Whether this status of a response is wanted; undefined if there was none. */
  isWantedAnswer?: ((status: number | undefined) => boolean) | undefined;
  /** Only those that the recording receiver refused. */
  isRefused?: boolean | undefined;
}

export type SelectedEntry =
  | { kind: 'request'; request: CapturedRequest; position: number }
  | CaptureDamage
  | { kind: 'unplaced' }
  /** Comes last: the capture has only `count` requests, and these positions are beyond them. */
  | { kind: 'missing'; positions: readonly Range[]; count: number };

/** The requests examined, for hints if nothing matches. */
export interface Tally {
  /** Requests that were read. */
  read: number;
  selected: number;
  /** For paths that no body had: where they are one level deeper, by the requested path. */
  below: Map<string, string>;
  /** Values that differ from requested ones only in case, with the number of requests that have them, by path and value. */
  cased: Map<string, { wanted: string; found: string; count: number }>;
}

export const newTally = (): Tally => ({ read: 0, selected: 0, below: new Map(), cased: new Map() });

/**
 * Selects while reading, and keeps nothing: a recording may be larger than memory. Passes all damage through.
 * Callers that only need some positions can have it stop after the last of them.
 */
export async function* selectEntries(
  entries: AsyncIterable<Exchange>,
  selection: Selection,
  { tally = newTally(), stopsEarly = false }: { tally?: Tally; stopsEarly?: boolean } = {},
): AsyncGenerator<SelectedEntry> {
  const { positions } = selection;
  const last = stopsEarly ? lastOf(positions) : Number.POSITIVE_INFINITY;
  let count = 0;
  for await (const entry of entries) {
    if (entry.kind !== 'request') {
      yield entry;
      continue;
    }
    count += 1;
    tally.read += 1;
    const { request } = entry;
    if (isSelected(request, count, { selection, tally })) {
      tally.selected += 1;
      yield { kind: 'request', request, position: count };
    }
    if (count >= last) return;
  }
  const missing = beyond(count, positions);
  if (missing.length > 0) yield { kind: 'missing', positions: missing, count };
}

const lastOf = (positions: readonly Range[] | undefined): number =>
  positions ? Math.max(...positions.map(({ to }) => to)) : Number.POSITIVE_INFINITY;

/** Returns the parts of ranges that are beyond the last request. */
const beyond = (count: number, positions: readonly Range[] = []): Range[] =>
  positions.filter(({ to }) => to > count).map(({ from, to }) => ({ from: Math.max(from, count + 1), to }));

const isSelected = (
  request: CapturedRequest,
  position: number,
  { selection, tally }: { selection: Selection; tally: Tally },
): boolean => {
  const { positions, isWantedEvent, matches } = selection;
  return (
    (!positions || positions.some(({ from, to }) => position >= from && position <= to)) &&
    isOutcome(request, selection) &&
    (isWantedEvent?.(request) ?? true) &&
    (!matches || hasValues(request, matches, tally))
  );
};

const isOutcome = (request: CapturedRequest, { isWantedAnswer, isRefused: wantsRefused = false }: Selection): boolean =>
  (isWantedAnswer?.(statusOf(request)) ?? true) && (!wantsRefused || isRefused(request));

function hasValues({ body }: CapturedRequest, matches: readonly Match[], tally: Tally): boolean {
  if (matches.length === 0) return true;
  const json = jsonIn(body);
  if (isMatch(json, matches)) return true;
  if (tally.selected === 0)
    for (const match of matches) {
      noteBelow(json, match.path, tally);
      noteCase(json, match, tally);
    }
  return false;
}

function noteBelow(json: unknown, path: Match['path'], { below }: Tally): void {
  const text = path.join('.');
  if (below.has(text) || typeof json !== 'object' || json === null || valueAt(json, path) !== undefined) return;
  const key = Object.keys(json).find(key => isKeyOf(json, key) && valueAt(json, [key, ...path]) !== undefined);
  if (key !== undefined) below.set(text, `${key}.${text}`);
}

function noteCase(json: unknown, { path, value }: Match, { cased }: Tally): void {
  const found = valueAt(json, path);
  if (typeof found !== 'string' || found === value || found.toLowerCase() !== value.toLowerCase()) return;
  const key = JSON.stringify([path, value]);
  const noted = cased.get(key) ?? { wanted: value, found, count: 0 };
  cased.set(key, { ...noted, count: noted.count + 1 });
}
