import { contentOf, type Escapes } from './strings.js';
import type { Token } from './tokens.js';

/** The characters in a body's strings that only some serialisers escape. */
export type Specials = ReadonlySet<string>;

const ascii = ['/', '<', '>', '&', "'", '"', '+', '=', '`', '\u007f'];

/** Each represents all characters of its kind. */
const [lineEnd, nonAscii, bell, control] = ['\u2028', 'é', '\b', '\u0001'] as const;

export function specialsOf(tokens: readonly Token[]): Specials {
  const specials = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'string') continue;
    const text = contentOf(token);
    if (plain.test(text)) continue;
    for (const character of ascii) if (text.includes(character)) specials.add(character);
    if (/[\u2028\u2029]/.test(text)) specials.add(lineEnd);
    if (/[\u0080-\u2027\u202a-\uffff]/.test(text)) specials.add(nonAscii);
    if (/[\b\f]/.test(text)) specials.add(bell);
    if (/[\u0000-\u0007\u000b\u000e-\u001f]/.test(text)) specials.add(control);
  }
  return specials;
}

const plain = /^[\w .,:;@#$%(){}[\]|~^!?*-]*$/;

/** Returns the same text for all escapes that write the same strings. */
export function effectOf(escapes: Escapes, specials: Specials): string {
  const { html = '', upper } = escapes;
  const escaped = [...specials].filter(character => isEscaped(character, escapes));
  const hasDigits = specials.has(control) || escaped.some(character => character !== '/');
  const isUpper = upper === true && hasDigits;
  const isUpperHtml = upper === 'html' && escaped.some(each => html.includes(each));
  return [...escaped, isUpper ? 'upper' : '', isUpperHtml ? 'html' : ''].join('');
}

function isEscaped(
  character: string,
  { slash, html = '', lines, ascii: all, delete: del, longControls }: Escapes,
): boolean {
  switch (character) {
    case '/':
      return slash === true;
    case '\u007f':
      return del === true;
    case lineEnd:
      return (lines ?? all) === true;
    case nonAscii:
      return all === true;
    case bell:
      return longControls === true;
    default:
      return html.includes(character);
  }
}

const combinations: readonly Escapes[] = [
  ['', '<>&', "<>&'", "<>&='", '<>&\'"+`', '<>&\'"'].map((html): Escapes => (html === '' ? {} : { html })),
  [{}, { ascii: true }, { ascii: true, upper: true }, { upper: true }] satisfies Escapes[],
  [{}, { slash: true }] satisfies Escapes[],
  [{}, { lines: true }] satisfies Escapes[],
  [{}, { delete: true }, { longControls: true }] satisfies Escapes[],
].reduce<Escapes[]>((all, options) => all.flatMap(one => options.map(other => ({ ...one, ...other }))), [{}]);

/** Escapes of known serialisers, the most likely first; then all other valid combinations. */
export const escapesOfAll: readonly Escapes[] = [
  {},
  { lines: true },
  { ascii: true },
  { slash: true },
  { ascii: true, slash: true },
  { html: '<>&', lines: true },
  { ascii: true, html: '<>&\'"+`', upper: true, delete: true },
  { html: "<>&='", lines: true },
  { ascii: true, upper: true },
  ...combinations,
];

/** The effect of escapes on a body: parts of the finding's id and words. */
interface Described {
  ids: string[];
  /** Empty, or what follows the name of the layout. */
  ascii: string;
  /** Each completes "with". */
  words: string[];
}

export function describeEscapes(escapes: Escapes, specials: Specials): Described {
  const { html = '', upper } = escapes;
  const isAscii = escapes.ascii === true && specials.has(nonAscii);
  const isUpper = upper === true;
  const escapesOf = (character: string) => specials.has(character) && isEscaped(character, escapes);
  const marks = Array.from(html).filter(character => specials.has(character));
  const parts = [
    { holds: escapesOf('/'), id: 'escaped-slashes', words: 'escaped slashes' },
    { holds: marks.length > 0, id: 'escaped-html', words: `escaped ${marks.join(' ')}` },
    { holds: escapesOf(lineEnd) && !isAscii, id: 'escaped-lines', words: 'escaped U+2028 and U+2029' },
    { holds: escapesOf('\u007f'), id: 'escaped-delete', words: 'escaped U+007F' },
    { holds: isUpper && !isAscii, id: 'upper-case', words: 'escapes in upper case' },
  ].filter(({ holds }) => holds);
  return {
    ids: [...(isAscii ? ['ascii'] : []), ...(isAscii && isUpper ? ['upper-case'] : []), ...parts.map(({ id }) => id)],
    ascii: isAscii ? ` in ASCII (\\u00${isUpper ? 'E9' : 'e9'})` : '',
    words: parts.map(({ words }) => words),
  };
}
