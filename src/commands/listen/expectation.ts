import { byPath, isMatch, type Match } from '../../event/match.js';

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
  let matched = 0;
  return {
    count: wanted,
    see: json => {
      if (isMatch(json, match)) matched += 1;
    },
    isMet: () => wanted !== null && matched >= wanted,
    result: () => ({ matched, expected: wanted, unmet: unmetWords({ wanted, matched, match }) }),
  };
}

function unmetWords({
  wanted,
  matched,
  match,
}: {
  wanted: number | null;
  matched: number;
  match: readonly Match[];
}): string[] {
  if (wanted === null || matched >= wanted) return [];
  const wishes = [...byPath(match)].map(([path, group]) => `${path}=${group.map(({ value }) => value).join(' or ')}`);
  const events = `${wanted - matched} of ${wanted} verified ${wanted === 1 ? 'event' : 'events'}`;
  return [wishes.length > 0 ? `${events} with ${wishes.join(' and ')}` : events];
}
