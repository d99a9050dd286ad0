import { InvalidValueError } from '../errors.js';

/** A set of statuses, such as `2xx`, `401` or `200,204`. */
export interface StatusSet {
  /** As written, in lower case. */
  text: string;
  includes: (status: number) => boolean;
}

/** Parses classes and single statuses, separated by commas. Throws InvalidValueError. */
export function statusSet(text: string): StatusSet {
  const parts = text
    .toLowerCase()
    .split(',')
    .map(part => part.trim());
  if (!parts.every(part => /^[1-5](?:xx|\d\d)$/.test(part))) {
    throw new InvalidValueError(`"${text}" isn't a set of statuses`, { hint: 'write it like 2xx, 401 or 200,204' });
  }
  const includes = (status: number) =>
    parts.some(part => part === String(status) || part === `${String(status)[0] ?? ''}xx`);
  return { text: parts.join(','), includes };
}
