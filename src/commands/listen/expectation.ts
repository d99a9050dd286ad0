import { valueAt } from '../../event/value-at.js';
import type { Match } from '../values.js';

export interface ExpectationFlags {
  count?: number;
  match?: readonly Match[];
  /** Milliseconds. */
  timeout?: number;
}

/** What has to come before listening ends of itself. */
export interface Expectation {
  /** Events asked for; null: none, so listening goes on. */
  count: number | null;
  /** Takes note of a verified event. */
  see: (json: unknown) => void;
  isMet: () => boolean;
  /** How many came, and what is still missing, in words. */
  result: () => { matched: number; expected: number | null; unmet: string[] };
}

export function createExpectation({ count, match = [], timeout }: ExpectationFlags): Expectation {
  const isGiven = count !== undefined || match.length > 0 || timeout !== undefined;
  const wanted = isGiven ? (count ?? 1) : null;
  const alternatives = alternativesIn(match);
  let matched = 0;
  return {
    count: wanted,
    see: json => {
      if ([...alternatives.values()].every(group => group.some(candidate => isMatch(json, candidate)))) matched += 1;
    },
    isMet: () => wanted !== null && matched >= wanted,
    result: () => ({ matched, expected: wanted, unmet: unmetWords({ wanted, matched, alternatives }) }),
  };
}

function unmetWords({
  wanted,
  matched,
  alternatives,
}: {
  wanted: number | null;
  matched: number;
  alternatives: Map<string, Match[]>;
}): string[] {
  if (wanted === null || matched >= wanted) return [];
  const wishes = [...alternatives].map(([path, group]) => `${path}=${group.map(({ value }) => value).join(' or ')}`);
  const events = `${wanted - matched} of ${wanted} verified ${wanted === 1 ? 'event' : 'events'}`;
  return [wishes.length > 0 ? `${events} with ${wishes.join(' and ')}` : events];
}

/** Matches by path: any of one path will do, and every path has to. */
function alternativesIn(matches: readonly Match[]): Map<string, Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const path = match.path.join('.');
    groups.set(path, [...(groups.get(path) ?? []), match]);
  }
  return groups;
}

function isMatch(json: unknown, { path, value }: Match): boolean {
  const found = valueAt(json, path);
  return (found === null || ['string', 'number', 'boolean'].includes(typeof found)) && String(found) === value;
}
