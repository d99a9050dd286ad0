import { oddCharacterIn } from './odd-text.js';

/** What a parsed text reveals about the text itself. */
export interface Structure {
  /** Levels of nested objects and arrays. */
  depth: number;
  /** Whether the text may have more problems: a duplicate key, lost digits of a number, or half a character. */
  mayHideMore: boolean;
}

/** Visits every value once, at any depth. */
export function structureOf(text: string, json: unknown): Structure {
  const tally = tallyFor(text);
  let depth = 0;
  // Level by level rather than by recursion: a body may be nested deeper than the call stack.
  for (let level = childrenOf([[json]], tally); level.length > 0; depth += 1) level = childrenOf(level, tally);
  // The array around the value isn't in the text.
  tally.length -= 2;
  return { depth, mayHideMore: mayHideMore(text, tally) };
}

/** What the values of a text need of it, added up value by value. */
export interface Tally {
  /** The length of the shortest text with the same values. */
  length: number;
  quotes: number;
  hasNumbers: boolean;
  isEscaped: boolean;
  hasOddText: boolean;
}

/** A string contains a quotation mark only if the text has escapes. */
export const tallyFor = (text: string): Tally => ({
  length: 0,
  quotes: 0,
  hasNumbers: false,
  isEscaped: text.includes('\\'),
  hasOddText: false,
});

/** Says so once every value has been counted: if they need every character of the text, nothing was lost. */
export const mayHideMore = (text: string, tally: Tally): boolean =>
  tally.hasOddText || (tally.length !== text.length && hasLost(text, tally));

function hasLost(text: string, { quotes, hasNumbers, isEscaped }: Tally): boolean {
  // Each key and each string has two quotation marks. If fewer were parsed than written, a key was lost.
  return quotes !== quotesIn(text) || (isEscaped && /\\u0022/.test(text)) || (hasNumbers && longNumber.test(text));
}

/** Returns the objects and arrays one level below, and counts all other values. */
function childrenOf(containers: readonly object[], tally: Tally): object[] {
  const children: object[] = [];
  for (const container of containers) {
    const isObject = !Array.isArray(container);
    let commas = -1;
    // Three times as fast as Object.entries, and parsed JSON inherits no keys.
    for (const key in container) {
      commas += 1;
      if (isObject) countText(key, tally);
      const value = (container as Record<string, unknown>)[key];
      if (typeof value === 'string') countText(value, tally);
      else if (typeof value === 'object' && value !== null) children.push(value);
      else countWord(value, tally);
      if (isObject) tally.length += 1;
    }
    tally.length += 2 + Math.max(0, commas);
  }
  return children;
}

export function countText(text: string, tally: Tally): void {
  tally.length += 2 + text.length;
  if (!tally.isEscaped) {
    tally.quotes += 2;
    return;
  }
  tally.quotes += 2 + quotesIn(text);
  // Only escapes can express these.
  tally.hasOddText ||= oddCharacterIn(text) !== undefined;
}

export function countWord(value: unknown, tally: Tally): void {
  if (typeof value === 'number') tally.hasNumbers = true;
  tally.length += typeof value === 'number' ? shortest(value) : String(value).length;
}

/**
 * Returns a lower bound for the length of a spelling of the number. A spelling of exactly this length has lost nothing,
 * because a double keeps 15 digits. Numbers with a shorter spelling, like 1e3, 1e-3 and 1e999, count as one character.
 */
function shortest(number: number): number {
  const spelling = String(number);
  return spelling.length > 15 || /000$|^-?0\.00|[a-z]/.test(spelling) ? 1 : spelling.length;
}

/** A number other than an integer of at most 15 digits, which a double always keeps. */
const longNumber = /[[:,\s]-?(?:\d{16}|\d*[.eE])[\d.eE+-]*\s*[,\]}]|^\s*-?[\d.eE+-]+\s*$/;

function quotesIn(text: string): number {
  let count = 0;
  for (let index = text.indexOf('"'); index !== -1; index = text.indexOf('"', index + 1)) count += 1;
  return count;
}
