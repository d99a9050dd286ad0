import { UsageError } from '../errors.js';
import { isSendable, isToken, pairsOf, type Header } from '../http/header.js';
import type { Scheme } from '../scheme/scheme.js';

/**
 * Headers in any usual form: an object of names and values as Node has it, pairs, a Fetch `Headers`, or Node's `rawHeaders`,
 * which is the only one that keeps repeated headers apart.
 */
export type HeadersLike =
  | Iterable<readonly [name: string, value: string]>
  | readonly string[]
  | Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Returns pairs in the given order. Throws UsageError if there are no headers. */
export function headersOf(given: HeadersLike): Header[] {
  if (typeof given !== 'object' || (given as unknown) === null)
    throw new UsageError('there are no headers', {
      hint: 'pass the headers of the request: an object, pairs, or Headers',
    });
  if (!isIterable(given)) return Object.entries(given).flatMap(([name, value]) => pairs(name, value));
  const list: (readonly [string, string] | string)[] = [...given];
  return list.every(item => typeof item === 'string') ? pairsOf(list) : list.flatMap(pairOf);
}

/**
 * Returns the user's own headers to send. Throws UsageError for those that can't be sent, or that contradict the
 * signature.
 */
export function headersToSend(given: HeadersLike | undefined, scheme: Pick<Scheme, 'headers'>): Header[] {
  const headers = headersOf(given ?? []);
  for (const header of headers) {
    const [name] = header;
    if (!isSendable(header))
      throw new UsageError(`options.headers: ${isToken(name) ? name : 'a name'} can't be sent`, {
        hint: 'a value is one line of ASCII or Latin-1, and a name has no spaces',
      });
    if (scheme.headers.includes(name.toLowerCase()))
      throw new UsageError(`options.headers: ${name} contradicts the new signature`, { hint: 'leave it out' });
  }
  return headers;
}

const isIterable = (given: HeadersLike): given is Iterable<readonly [string, string]> | readonly string[] =>
  Symbol.iterator in given;

const pairOf = (item: readonly [string, string] | string): Header[] =>
  typeof item === 'string' ? [] : pairs(item[0], item[1]);

const pairs = (name: string, value: string | number | readonly string[] | undefined): Header[] => {
  if (value === undefined) return [];
  return typeof value === 'object' ? value.map(one => [name, one]) : [[name, String(value)]];
};

/** Returns headers in Node's form: names in lower case, and the values of a repeated header joined by a comma. */
export function recordOf(headers: readonly Header[]): Record<string, string> {
  // A header may be called __proto__.
  const record = Object.create(null) as Record<string, string>;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    record[key] = record[key] === undefined ? value : `${record[key]}, ${value}`;
  }
  return record;
}
