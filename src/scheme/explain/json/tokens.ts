/** A lexeme of JSON as written, or a structural character. */
export interface Token {
  kind: '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'word';
  text: string;
}

/** Event bodies have a handful of levels. Deeper nesting swells when indented, and is slow to sort. */
const mostLevels = 100;

/** Returns the tokens of a body, without blanks. Undefined if it isn't JSON in UTF-8, or is nested too deeply. */
export function tokensOf(bytes: Uint8Array): Token[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parseJson(text) === undefined ? undefined : split(text);
  } catch {
    return undefined;
  }
}

/** Returns the value of JSON. Undefined for anything else, and for nesting too deep for recursion. */
export function parseJson(text: string): { value: unknown } | undefined {
  if (depthOf(text) > mostLevels) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Splits valid JSON text. */
function split(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const first = text.charAt(at);
    const mark = marks.get(first);
    if (mark) {
      tokens.push(mark);
      at += 1;
    } else if (blanks.has(first)) {
      at += 1;
    } else {
      const end = first === '"' ? endOfString(text, at) : endOfWord(text, at);
      const kind = first === '"' ? 'string' : first === '-' || (first >= '0' && first <= '9') ? 'number' : 'word';
      tokens.push({ kind, text: text.slice(at, end) });
      at = end;
    }
  }
  return tokens;
}

/** Shared, since structural tokens differ only in their kind. */
const marks = new Map(
  (['{', '}', '[', ']', ',', ':'] as const).map((kind): [string, Token] => [kind, { kind, text: kind }]),
);

const blanks = new Set([' ', '\t', '\r', '\n']);

/** Returns the place after the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let backslashes = 0;
    while (text.charAt(end - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

const word = /[^\s{}[\]:,"]+/y;

function endOfWord(text: string, start: number): number {
  word.lastIndex = start;
  return word.test(text) ? word.lastIndex : start + 1;
}

/** Returns the nesting depth of a text without parsing it, since a parser might overflow. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x22) at = endOfString(text, at) - 1;
    else if (character === 0x7b || character === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return deepest;
}
