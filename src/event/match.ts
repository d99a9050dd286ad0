import { InvalidValueError } from '../errors.js';
import { isSameId } from './id.js';
import type { Path } from './reshape.js';
import { valueAt } from '../json/value-at.js';

/** A path in a JSON body, and the scalar to find there, as text. UUIDs match in any letter case. */
export interface Match {
  path: Path;
  value: string;
}

/** Parses a match such as `data.customer_status=APPROVED`. Throws InvalidValueError. */
export function parseMatch(text: string): Match {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path !== '') return { path: parsePath(path), value };
  throw new InvalidValueError(`"${text}" isn't a path=value pair`, {
    hint: 'write it like data.customer_status=APPROVED',
  });
}

/** Parses `data.email` or `data.associated_parties[0].email`. Throws InvalidValueError. */
export function parsePath(text: string): Path {
  const keys = text.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  if (!keys.includes('')) return keys;
  throw new InvalidValueError(`"${text}" isn't a path into the JSON body`, { hint: 'write it like data.email' });
}

/** Every path has to match. Several matches of one path are alternatives. */
export const isMatch = (json: unknown, matches: readonly Match[]): boolean =>
  [...byPath(matches).values()].every(group => group.some(({ path, value }) => isText(textAt(json, path), value)));

const isText = (found: string | undefined, value: string): boolean => found !== undefined && isSameId(found, value);

/** Groups alternatives by path, in the order the paths were named. */
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
