import { isSameId } from './id.js';
import type { Path } from './reshape.js';
import { valueAt } from '../json/value-at.js';

/** A path in a JSON body, and the scalar to find there, as text. A UUID is found in any case. */
export interface Match {
  path: Path;
  value: string;
}

/** Every path has to match. Several matches of one path are alternatives. */
export const isMatch = (json: unknown, matches: readonly Match[]): boolean =>
  [...byPath(matches).values()].every(group => group.some(({ path, value }) => isText(textAt(json, path), value)));

const isText = (found: string | undefined, value: string): boolean => found !== undefined && isSameId(found, value);

/** Groups alternatives by path, in the order in which the paths were named. */
export function byPath(matches: readonly Match[]): Map<string, Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const path = match.path.join('.');
    groups.set(path, [...(groups.get(path) ?? []), match]);
  }
  return groups;
}

function textAt(json: unknown, path: Path): string | undefined {
  const found = valueAt(json, path);
  return found === null || ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : undefined;
}
