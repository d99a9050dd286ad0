import { parseHeader, type Header } from '../delivery/header.js';
import { parseTarget } from '../delivery/target.js';
import { InvalidValueError, UnknownNameError } from '../errors.js';
import { statusSet, type StatusSet } from '../delivery/status-set.js';
import { algorithms, type Algorithm } from '../signature/algorithms.js';

const milliseconds = new Map([['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000]]); // prettier-ignore

/** The longest time that Node's timers can wait; a longer one would fire at once. */
const longestDuration = 2 ** 31 - 1;

/** `250ms`, `1.5s`, `5m` or `1h`, as milliseconds: 1 at least. */
export function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const length = Math.round(Number(amount) * (milliseconds.get(unit) ?? Number.NaN));
  if (!(length >= 1 && length <= longestDuration)) {
    throw new InvalidValueError(`"${text}" isn't a duration`, {
      hint: 'write it like 250ms, 10s, 5m or 1h; 24 days at most',
    });
  }
  return length;
}

/** A whole number of `min` at least and `max` at most. */
export const wholeNumber =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
    throw new InvalidValueError(`"${text}" isn't a whole number of ${range}`);
  };

export const port = wholeNumber(0, 65_535);

/** RFC 3339, as a time; a date alone is midnight in UTC. */
export function time(text: string): Date {
  const [, day] =
    /^((?!9999)\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text) ?? [];
  const date = new Date(text);
  // Date takes the 30th of February for the 2nd of March; after the year 9999 there is no RFC 3339.
  const isReal = day !== undefined && !Number.isNaN(date.getTime()) && new Date(day).toISOString().startsWith(day);
  if (isReal) return date;
  throw new InvalidValueError(`"${text}" isn't a time`, { hint: 'write it like 2026-01-31T09:30:00Z' });
}

export const url = (text: string): URL => parseTarget(text);

/** Collects a header each time the flag is given. */
export const header = (text: string, earlier: readonly Header[] = []): Header[] => [...earlier, parseHeader(text)];

export const collect = (text: string, earlier: readonly string[] = []): string[] => [...earlier, text];

export const statuses = (text: string): StatusSet => statusSet(text);

export const algorithm = (text: string): Algorithm => oneOf('algorithm', algorithms)(text.toLowerCase());

/** One of a few names, in any case. */
export const oneOf =
  <Name extends string>(kind: string, names: readonly Name[]) =>
  (text: string): Name => {
    const found = names.find(name => name.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    throw new UnknownNameError(kind, text, { known: names, hint: `one of ${names.join(', ')}` });
  };

/** Several of a few names, divided by commas. */
export const listOf =
  <Name extends string>(kind: string, names: readonly Name[]) =>
  (text: string): Name[] =>
    text.split(',').map(item => oneOf(kind, names)(item.trim()));

/** Any text but none at all: an empty one is a variable of the caller's that isn't set. */
export function text(value: string): string {
  if (value === '') throw new InvalidValueError('the value is empty');
  return value;
}

/** The path of a URL. */
export function path(value: string): string {
  if (/^\/[^?#\s]*$/.test(value)) return value;
  throw new InvalidValueError(`"${value}" isn't a path`, { hint: 'write it like /webhooks/fin' });
}

/** A place in a JSON body, and the scalar that should stand there, as text. */
export interface Match {
  path: readonly string[];
  value: string;
}

/** Collects `data.customer_status=APPROVED` and the like. */
export function match(value: string, earlier: readonly Match[] = []): Match[] {
  const [, place = '', wanted = ''] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (place === '' || place.split('.').includes('')) {
    throw new InvalidValueError(`"${value}" isn't a path and a value`, {
      hint: 'write it like data.customer_status=APPROVED',
    });
  }
  return [...earlier, { path: place.split('.'), value: wanted }];
}
