import type { Token } from './tokens.js';

/** The characters a serialiser escapes in addition to quotes, backslashes and control characters, which all escape. */
export interface Escapes {
  slash?: true;
  /** Everything beyond ASCII. */
  ascii?: true;
  /** Some of the characters that are special in HTML or URLs. */
  html?: string;
  /** U+2028 and U+2029, which are line ends in JavaScript. */
  lines?: true;
  /** U+007F. */
  delete?: true;
  /** Hexadecimal digits are in upper case: all of them, or only those of `html`. */
  upper?: true | 'html';
  /** \b and \f are also written in hexadecimal, as in Go before 1.22. */
  longControls?: true;
}

/** Returns the tokens with all strings decoded and re-escaped. */
export function escapeStrings(tokens: readonly Token[], escapes: Escapes): Token[] {
  const pattern = patternOf(escapes);
  const escape = (character: string) => escapeOf(character, escapes);
  return tokens.map(token => {
    if (token.kind !== 'string' || !(token.text.includes('\\') || changes(token.text.slice(1, -1), pattern)))
      return token;
    const text = `"${contentOf(token).replace(pattern, escape)}"`;
    return text === token.text ? token : { kind: 'string', text };
  });
}

function changes(content: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  return pattern.test(content);
}

export const contentOf = ({ text }: Token): string =>
  text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);

/** Characters that every serialiser escapes: quotes, backslashes, control characters and lone surrogates. */
const always = '"\\\\\\u0000-\\u001f';
const halves = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';

function patternOf({ slash, ascii, html = '', lines, delete: del }: Escapes): RegExp {
  const more = [slash && '/', ascii && '\\u0080-\\uffff', html, lines && '\\u2028\\u2029', del && '\\u007f'];
  return new RegExp(`[${always}${more.filter(Boolean).join('')}]|${halves}`, 'g');
}

const short = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['/', '\\/'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeOf(character: string, { html = '', upper, longControls }: Escapes): string {
  const isLong = html.includes(character) || (longControls === true && (character === '\b' || character === '\f'));
  const brief = isLong ? undefined : short.get(character);
  if (brief !== undefined) return brief;
  const digits = character.charCodeAt(0).toString(16).padStart(4, '0');
  const isUpper = upper === true || (upper === 'html' && html.includes(character));
  return `\\u${isUpper ? digits.toUpperCase() : digits}`;
}
