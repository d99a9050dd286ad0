import { settings } from '../config/settings.js';
import { duration, recording, storedPath, text, variableName, wholeNumber } from '../config/values.js';
import { bodyPattern, type BodyPattern } from '../sender/body-pattern.js';
import { catalogue, eventNames } from '../event/catalogue.js';
import { parseMatch, parsePath, type Match } from '../event/match.js';
import type { Assignment, Path } from '../event/reshape.js';
import { parseHeader, parseRequestHeader, type Header } from '../http/header.js';
import { parseTarget } from '../http/target.js';
import { InvalidValueError, UnknownNameError } from '../errors.js';
import { statusSet, type StatusSet } from '../http/status-set.js';
import { milliseconds } from '../text/duration.js';
import { rfc3339Time } from '../text/rfc3339.js';
import type { ResponsePlan } from '../receiver/responses.js';
import type { Tolerance } from '../scheme/timestamp.js';
import { named, offering, repeatable } from './completion-values.js';

export { duration, recording, storedPath, text, variableName, wholeNumber };

/** Parses an RFC 3339 time; seconds may be left out, and a date alone means midnight UTC. */
export function time(text: string): Date {
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text.replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00');
  const found = rfc3339Time(full);
  // Leaves room for later events before the end of the year 9999.
  if (found !== undefined && !text.startsWith('9999')) return new Date(found);
  throw new InvalidValueError(`"${text}" isn't a time`, { hint: hintOfTime(text) });
}

/** Users copy timestamps from schemes that count seconds. */
function hintOfTime(text: string): string {
  const seconds = /^\d{10}$/.test(text) ? Number(text) : /^\d{13}$/.test(text) ? Number(text) / 1000 : undefined;
  if (seconds === undefined) return 'write it like 2026-01-31T09:30:00Z';
  return `did you mean ${new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')}?`;
}

/** How far a timestamp may be from now, in either direction. */
export const tolerance = offering({ candidates: named(['none']) }, (value: string): Tolerance => {
  if (value === 'none') return { past: null, future: null };
  // No timer waits for it, so it may be a year, or zero.
  if (milliseconds(value) >= 0) return { past: value, future: value };
  throw new InvalidValueError(`"${value}" isn't a duration`, {
    hint: 'write it like 30s, 5m or 1h, or none for no limit',
  });
});

/** An event id, as in a header. */
export function headerId(value: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new InvalidValueError('an id is ASCII without spaces', { hint: 'it goes into a header, like msg_2YxT7' });
}

export const url = (text: string): URL => parseTarget(text);

/** Collects a header each time the flag is given. */
export const header = repeatable((text: string, earlier: readonly Header[] = []): readonly Header[] => [
  ...earlier,
  parseRequestHeader(text),
]);

/** A Host header's value: a name or an address, with or without a port. */
export function hostName(host: string): string {
  if (/^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.test(host)) return host;
  throw new InvalidValueError(`"${host}" isn't a host`, { hint: 'write it like app.localhost:3000' });
}

/** Collects a response's header each time the flag is given. */
export const expectedHeader = repeatable((text: string, earlier: readonly Header[] = []): readonly Header[] => [
  ...earlier,
  parseHeader(text),
]);

export const collect = repeatable((text: string, earlier: readonly string[] = []): readonly string[] => [
  ...earlier,
  text,
]);

export const statuses = (text: string): StatusSet => statusSet(text);

/** One of a few names, ignoring case. */
export const oneOf = <Name extends string>(kind: string, names: readonly Name[]) =>
  offering({ candidates: named(names) }, (text: string): Name => {
    const found = names.find(name => name.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    throw new UnknownNameError(kind, text, { known: names, hint: `one of ${names.join(', ')}` });
  });

export const algorithm = oneOf('algorithm', settings.algorithm.holds.names);

export const event = offering(
  { candidates: eventNames.map(name => ({ name, meaning: catalogue[name].summary })) },
  oneOf('event', eventNames),
);

/** Collects comma-separated names each time the flag is given. */
export const names = offering(
  { isList: true, isRepeatable: true },
  (list: string, earlier: readonly string[] = []): readonly string[] => [
    ...earlier,
    ...list.split(',').map(item => nameIn(list, item.trim())),
  ],
);

/** Collects comma-separated names from a fixed set each time the flag is given. */
export const listOf = <Name extends string>(kind: string, known: readonly Name[]) =>
  offering(
    { candidates: named(known), isList: true, isRepeatable: true },
    (list: string, earlier: readonly Name[] = []): readonly Name[] => {
      const one = oneOf(kind, known);
      return [...earlier, ...names(list).map(name => one(name))];
    },
  );

function nameIn(list: string, name: string): string {
  if (name !== '' || list === '') return text(name);
  throw new InvalidValueError(`"${list}" has an extra comma`, {
    hint: 'separate names with single commas',
  });
}

export interface HostAndPort {
  /** An IPv6 address has no brackets. */
  host: string;
  port: number;
}

/** `127.0.0.1:8443`, `[::1]:8443` or `localhost:8443`. */
export function hostAndPort(value: string): HostAndPort {
  const [, host = '', port = ''] = /^(\[[\da-f:.]+\]|[\w.-]+):(\d{1,5})$/i.exec(value) ?? [];
  if (URL.canParse(`http://${host}`) && Number(port) >= 1 && Number(port) <= 65_535)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  throw new InvalidValueError(`"${value}" isn't a host and a port`, {
    hint: 'write it like 127.0.0.1:8443 or [::1]:8443',
  });
}

/** One of several equal shares, counted from 1: `2/8`. */
export interface Share {
  part: number;
  of: number;
}

export function share(value: string): Share {
  const [, part = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? []).map(Number);
  if (part >= 1 && part <= of) return { part, of };
  throw new InvalidValueError(`"${value}" isn't a part`, { hint: 'write it like 2/8, the second of eight' });
}

/** The path of a URL. */
export function path(value: string): string {
  if (/^\/[^?#\s]*$/.test(value)) return value;
  throw new InvalidValueError(`"${value}" isn't a URL path`, { hint: 'write it like /webhooks/fin' });
}

/** Collects `data.customer_status=APPROVED` and the like. */
export const match = repeatable((text: string, earlier: readonly Match[] = []): readonly Match[] => [
  ...earlier,
  parseMatch(text),
]);

export const places = repeatable((text: string, earlier: readonly Path[] = []): readonly Path[] => [
  ...earlier,
  parsePath(text),
]);

/** Collects `data.email=x@example.com` and the like. The value is JSON if it parses as JSON, else text. */
export const assignment = repeatable((text: string, earlier: readonly Assignment[] = []): readonly Assignment[] => {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path === '')
    throw new InvalidValueError(`"${text}" isn't a path=value pair`, {
      hint: 'write it like data.email=x@example.com',
    });
  return [...earlier, { path: parsePath(path), value: jsonOrText(value) }];
});

function jsonOrText(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof value === 'number' && JSON.stringify(value) !== text.trim()) {
    throw new InvalidValueError(`${text} would be sent as ${JSON.stringify(value)}`, {
      hint: 'quote it to send it as text, or put the payload in a file to send its exact bytes',
    });
  }
  return value;
}

/** `1x`, `10x` or `0.5x`, as a factor; `max` is infinite. */
export const speed = offering({ candidates: named(['1x', '10x', 'max']) }, (value: string): number => {
  if (value === 'max') return Number.POSITIVE_INFINITY;
  const factor = /^\d+(?:\.\d+)?x$/.test(value) ? Number.parseFloat(value) : Number.NaN;
  if (factor > 0) return factor;
  throw new InvalidValueError(`"${value}" isn't a speed`, { hint: 'write it like 1x, 10x or max' });
});

/** How to respond to accepted requests, in order: statuses, `drop` and `hang`. */
export const script = offering({ candidates: named(['drop', 'hang']), isList: true }, (list: string): ResponsePlan =>
  names(list).map(name => {
    if (name === 'drop' || name === 'hang') return name;
    if (/^[2-5]\d\d$/.test(name)) return { status: Number(name) };
    throw new InvalidValueError(`"${name}" isn't a status, drop or hang`, {
      hint: 'write a list like 500,drop,200, with statuses from 200 to 599',
    });
  }),
);

/** Bytes: `512`, `64KiB`, `1MiB`. */
export function size(value: string): number {
  const [, amount = '', unit = ''] = /^(\d+)(|B|KiB|MiB)$/i.exec(value) ?? [];
  const bytes =
    Number(amount || Number.NaN) *
    { '': 1, b: 1, kib: 1024, mib: 1024 ** 2 }[unit.toLowerCase() as '' | 'b' | 'kib' | 'mib'];
  if (bytes >= 1 && bytes <= largestSize) return bytes;
  throw new InvalidValueError(`"${value}" isn't a size`, { hint: 'write it like 512, 64KiB or 1MiB; 64MiB at most' });
}

const largestSize = 64 * 1024 ** 2;

/** Text that a body must contain, or a regular expression between slashes. */
export function pattern(value: string): BodyPattern {
  const found = bodyPattern(text(value));
  if (!found)
    throw new InvalidValueError(`${value} isn't a regular expression`, {
      hint: 'text without slashes around it is searched for literally',
    });
  return found;
}
