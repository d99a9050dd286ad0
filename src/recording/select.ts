import { isMatch, type Match } from '../event/match.js';
import { jsonIn } from '../json/parse.js';
import type { CaptureDamage, CapturedRequest, CaptureEntry } from './captured-request.js';

/** Which requests of a capture are wanted. A request has to pass both; without either, all are. */
export interface Selection {
  /** Positions in the capture, from 1. */
  positions?: readonly number[] | undefined;
  /** Values that the body has to have. */
  matches?: readonly Match[] | undefined;
}

export type SelectedEntry =
  | { kind: 'request'; request: CapturedRequest; position: number }
  | CaptureDamage
  /** Comes last: the capture has only `count` requests, and these positions are beyond them. */
  | { kind: 'missing'; positions: readonly number[]; count: number };

/** Selects as it reads, and keeps nothing: a recording may be larger than the memory. Passes all damage on. */
export async function* selectEntries(
  entries: AsyncIterable<CaptureEntry>,
  { positions, matches }: Selection,
): AsyncGenerator<SelectedEntry> {
  let count = 0;
  for await (const entry of entries) {
    if (entry.kind !== 'request') {
      yield entry;
      continue;
    }
    count += 1;
    const { request } = entry;
    if (isSelected(request, count, { positions, matches })) yield { kind: 'request', request, position: count };
  }
  const missing = positions?.filter(position => position > count) ?? [];
  if (missing.length > 0) yield { kind: 'missing', positions: missing, count };
}

function isSelected({ body }: CapturedRequest, position: number, { positions, matches = [] }: Selection): boolean {
  if (positions && !positions.includes(position)) return false;
  return matches.length === 0 || isMatch(jsonIn(body), matches);
}
