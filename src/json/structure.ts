/** What a walk over a parsed text tells about the text. */
export interface Structure {
  /** Levels of objects and arrays within each other. */
  depth: number;
  /** Whether the text may hold what its parsed form has lost: a key twice, or digits of a number. */
  mayHideMore: boolean;
}

/** Looks at every value once; nothing is too deep for it. */
export function structureOf(text: string, json: unknown): Structure {
  // Only what was escaped can be a quotation mark within a text.
  const tally: Tally = { quotes: 0, hasNumbers: false, isEscaped: text.includes('\\') };
  let depth = 0;
  // Level by level rather than by recursion: a body may be nested deeper than functions can call each other.
  for (let level = childrenOf([[json]], tally); level.length > 0; depth += 1) level = childrenOf(level, tally);
  // Each key and each text has two quotation marks: fewer of them parsed than written, and a key has gone.
  const hasLostKeys = tally.quotes !== quotesIn(text) || (tally.isEscaped && /\\u0022/.test(text));
  return { depth, mayHideMore: hasLostKeys || (tally.hasNumbers && longNumber.test(text)) };
}

interface Tally {
  quotes: number;
  hasNumbers: boolean;
  isEscaped: boolean;
}

/** The objects and arrays one level below; all else is counted. */
function childrenOf(containers: readonly object[], tally: Tally): object[] {
  const children: object[] = [];
  for (const container of containers) {
    const isObject = !Array.isArray(container);
    // Three times as fast as Object.entries, and what was parsed from JSON inherits no keys.
    for (const key in container) {
      if (isObject) countText(key, tally);
      const value = (container as Record<string, unknown>)[key];
      if (typeof value === 'string') countText(value, tally);
      else if (typeof value === 'number') tally.hasNumbers = true;
      else if (typeof value === 'object' && value !== null) children.push(value);
    }
  }
  return children;
}

function countText(text: string, tally: Tally): void {
  tally.quotes += tally.isEscaped ? 2 + quotesIn(text) : 2;
}

/** A number that isn't a whole one of 15 digits at most, which a double always keeps. */
const longNumber = /[[:,\s]-?(?:\d{16}|\d*[.eE])[\d.eE+-]*\s*[,\]}]|^\s*-?[\d.eE+-]+\s*$/;

function quotesIn(text: string): number {
  let count = 0;
  for (let index = text.indexOf('"'); index !== -1; index = text.indexOf('"', index + 1)) count += 1;
  return count;
}
