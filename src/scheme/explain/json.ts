/** A body that is JSON, ready to be serialised in other ways. */
export interface ParsedJson {
  value: unknown;
  compact: string;
  /** The sum of the indentation of all lines, in levels, if each value had a line of its own. */
  levels: number;
}

/** The body of an event has a handful of levels. What is nested deeper swells when it is indented, and takes long to sort. */
const mostLevels = 100;

/** Returns undefined for what isn't JSON in UTF-8, or is nested more than 100 levels deep. */
export function parseJson(bytes: Uint8Array): ParsedJson | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (measure(text).isTooDeep) return undefined;
    const value: unknown = JSON.parse(text);
    const compact = JSON.stringify(value);
    return { value, compact, levels: measure(compact).levels };
  } catch {
    return undefined;
  }
}

/** Returns undefined if indentation would swell it: a hostile megabyte makes gigabytes. */
export function indent({ value, compact, levels }: ParsedJson, indentation: string): string | undefined {
  const most = Math.min(mostCharacters, Math.max(usualCharacters, compact.length * mostGrowth));
  const isSmall = compact.length + levels * indentation.length <= most;
  return isSmall ? JSON.stringify(value, null, indentation) : undefined;
}

/** Serialises on one line, with a space after each comma and each colon. */
export const spread = (json: ParsedJson): string | undefined =>
  // No string in JSON has a raw line break, so these are all structure.
  indent(json, ' ')?.replace(/,\n */g, ', ').replace(/\n */g, '');

/** Serialises compactly, with the keys of every object in the order of their UTF-16 units. */
export const sortKeys = ({ value }: ParsedJson): string => sorted(value);

export const escapeSlashes = (json: string): string => json.replaceAll('/', '\\/');

export const escapeToAscii = (json: string, hexOf = lowerHexOf): string =>
  json.replace(/[\u0080-\uffff]/g, unit => `\\u${hexOf(unit)}`);

const lowerHexOf = (unit: string): string => unit.charCodeAt(0).toString(16).padStart(4, '0');

export const upperHexOf = (unit: string): string => lowerHexOf(unit).toUpperCase();

const mostCharacters = 8 * 2 ** 20;

/** Texts up to this length may grow as they like. */
const usualCharacters = 256 * 1024;

/** Nothing that people write grows as much when it is indented. */
const mostGrowth = 32;

/** What structural characters add to the depth. */
const steps = new Map([
  ['{', 1],
  ['[', 1],
  ['}', -1],
  [']', -1],
  [',', 0],
]);

/** Stops at the first value that is nested too deep. */
function measure(text: string): { isTooDeep: boolean; levels: number } {
  let [depth, levels, isInString] = [0, 0, false];
  for (let index = 0; index < text.length && depth <= mostLevels; index++) {
    const character = text.charAt(index);
    if (character === '\\') index++;
    else if (character === '"') isInString = !isInString;
    const step = isInString ? undefined : steps.get(character);
    if (step === undefined) continue;
    depth += step;
    levels += depth;
  }
  return { isTooDeep: depth > mostLevels, levels };
}

// By hand: an object with sorted keys would still put those that are numbers first, by value.
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${sorted(child)}`).join(',')}}`;
}
