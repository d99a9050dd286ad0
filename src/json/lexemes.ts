import { isJson } from './parse.js';

/** A lexeme of a JSON text and its position, in UTF-16 units. */
export interface JsonToken {
  kind: 'open' | 'close' | 'comma' | 'colon' | 'key' | 'string' | 'number' | 'word';
  start: number;
  end: number;
}

/**
 * Splits a text into its lexemes, without the blanks between them. Numbers, duplicate keys and the order of keys stay as
 * written, since nothing is parsed. Undefined if the text isn't JSON.
 */
export function jsonTokens(text: string): JsonToken[] | undefined {
  if (!isJson(text)) return undefined;
  const tokens: JsonToken[] = [];
  let last: JsonToken | undefined;
  lexeme.lastIndex = 0;
  for (let found = lexeme.exec(text); found; found = lexeme.exec(text)) {
    const kind = kindOf(found[0]);
    // Only a key is followed by a colon.
    if (kind === 'colon' && last) last.kind = 'key';
    last = { kind, start: found.index, end: lexeme.lastIndex };
    tokens.push(last);
  }
  return tokens;
}

/** Runs in linear time, since no two parts can match at the same place. */
const lexeme = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

const kinds: Readonly<Record<string, JsonToken['kind']>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
  '"': 'string',
};

function kindOf(text: string): JsonToken['kind'] {
  const first = text.charAt(0);
  return kinds[first] ?? (/[-\d]/.test(first) ? 'number' : 'word');
}
