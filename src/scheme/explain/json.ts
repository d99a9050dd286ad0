/** A body that is JSON, ready to be serialised in other ways. */
export interface ParsedJson {
  value: unknown;
  compact: string;
  /** The sum of the indentation of all lines, in levels, if each value had a line of its own. */
  levels: number;
}

/** Returns undefined for what isn't JSON in UTF-8, or is nested too deep to be serialised. */
export function parseJson(bytes: Uint8Array): ParsedJson | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const compact = JSON.stringify(value);
    return { value, compact, levels: levelsIn(compact) };
  } catch {
    return undefined;
  }
}

/** Returns undefined if indentation would swell it: a hostile megabyte makes gigabytes. */
export function indent({ value, compact, levels }: ParsedJson, indentation: string): string | undefined {
  const isSmall = compact.length + levels * indentation.length <= mostCharacters;
  return isSmall ? JSON.stringify(value, null, indentation) : undefined;
}

/** Serialises on one line, with a space after each comma and each colon. */
export const spread = (json: ParsedJson): string | undefined =>
  // No string in JSON has a raw line break, so these are all structure.
  indent(json, ' ')?.replace(/,\n */g, ', ').replace(/\n */g, '');

/** Serialises compactly, with the keys of every object in the order of their UTF-16 units. */
export function sortKeys({ value }: ParsedJson): string | undefined {
  try {
    return sorted(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // Nested too deep.
    throw error;
  }
}

export const escapeSlashes = (json: string): string => json.replaceAll('/', '\\/');

export const escapeToAscii = (json: string, hexOf = lowerHexOf): string =>
  json.replace(/[\u0080-\uffff]/g, unit => `\\u${hexOf(unit)}`);

const lowerHexOf = (unit: string): string => unit.charCodeAt(0).toString(16).padStart(4, '0');

export const upperHexOf = (unit: string): string => lowerHexOf(unit).toUpperCase();

const mostCharacters = 8 * 2 ** 20;

/** What structural characters add to the depth. */
const steps = new Map([
  ['{', 1],
  ['[', 1],
  ['}', -1],
  [']', -1],
  [',', 0],
]);

function levelsIn(compact: string): number {
  let [depth, levels, isInString] = [0, 0, false];
  for (let index = 0; index < compact.length; index++) {
    const character = compact.charAt(index);
    if (character === '\\') index++;
    else if (character === '"') isInString = !isInString;
    const step = isInString ? undefined : steps.get(character);
    if (step === undefined) continue;
    depth += step;
    levels += depth;
  }
  return levels;
}

// By hand: an object with sorted keys would still put those that are numbers first, by value.
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${sorted(child)}`).join(',')}}`;
}
