import { isDate, isUint8Array } from 'node:util/types';
import { UsageError } from '../errors.js';
import { isToken } from '../http/header.js';
import { nearestName } from '../text/nearest.js';

/**
 * Checks a value of any type, since many users have no types. Throws UsageError, which never shows the value, since
 * it may be a secret in the wrong place. `place`: `options.timeout`.
 */
export type Check = (value: unknown, place: string) => void;

/** A check for each allowed property. */
export type Checks<T> = { readonly [Name in keyof Required<T>]: Check };

/** Checks each option of a function, and refuses unknown ones, which are usually typos. Throws UsageError. */
export function checkOptions<T extends object>(options: T, checks: Checks<T>): T {
  const place = 'options';
  const given: unknown = options;
  if (typeof given !== 'object' || given === null)
    throw new UsageError(`${place} ${given === undefined ? 'are missing' : "aren't an object"}`, {
      hint: `pass an object with ${Object.keys(checks).slice(0, 2).join(', ')} and the like`,
    });
  object(checks)(given, place);
  return options;
}

/** An object with these properties and no others. An undefined property counts as missing. */
export const object =
  (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw should(place, 'an object');
    for (const name of required)
      if ((value as Record<string, unknown>)[name] === undefined)
        throw new UsageError(`${place}.${name} is missing`, { hint: `${place} needs ${required.join(' and ')}` });
    for (const [name, one] of Object.entries(value)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (!check) throw unknown(place, name, Object.keys(checks));
      if (one !== undefined) check(one, `${place}.${name}`);
    }
  };

function unknown(place: string, name: string, known: readonly string[]): UsageError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? `known options: ${known.join(', ')}` : `did you mean ${nearest}?`;
  return new UsageError(`${place}.${name} isn't known`, { hint });
}

const should = (place: string, what: string, hint?: string): UsageError =>
  new UsageError(`${place} should be ${what}`, { hint: hint ?? 'leave it out to use the default' });

const kind =
  (what: string, is: (value: unknown) => boolean, hint?: string): Check =>
  (value, place) => {
    if (!is(value)) throw should(place, what, hint);
  };

export const text = kind('a string', value => typeof value === 'string');
export const token = kind('a word without blanks', value => typeof value === 'string' && isToken(value), 'such as POST'); // prettier-ignore
export const headerText = kind('ASCII without blanks', value => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value), 'it goes into a header'); // prettier-ignore
export const flag = kind('true or false', value => typeof value === 'boolean');
export const callback = kind('a function', value => typeof value === 'function');
export const bytes = kind('bytes', isUint8Array, 'pass a Buffer or a Uint8Array');
export const wholeNumber = kind('a whole number', Number.isSafeInteger);
export const date = kind('a time from 1970 to 9999', isTime, 'pass a Date');
export const signal = kind('an AbortSignal', isSignal);
export const clock = kind('an object with the functions of Clock', isClock);
export const texts = kind('a list of strings', isTexts);
/** Checked elsewhere, with a better message. */
export const anything: Check = () => undefined;

export const oneOf = (names: readonly string[]): Check =>
  kind(`one of ${names.join(', ')}`, value => typeof value === 'string' && names.includes(value));

export const orNull =
  (check: Check): Check =>
  (value, place) => {
    if (value !== null) check(value, place);
  };

function isTime(value: unknown): boolean {
  return isDate(value) && value.getTime() >= 0 && value.getTime() < Date.UTC(10_000, 0);
}

/** A test runner's globals have their own class for it. */
function isSignal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
}

function isClock(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'now' in value && typeof value.now === 'function';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}
