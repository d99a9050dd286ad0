import type { Mistake } from '../hypothesis.js';
import { lastOfEach, orderKeys } from '../json/keys.js';
import { spread, write, type Layout } from '../json/layouts.js';
import { asInPython, asInRuby, type NumberWriter } from '../json/numbers.js';
import { contentOf } from '../json/strings.js';
import type { Token } from '../json/tokens.js';
import { rawBytesIn } from '../remedies.js';

/** How a language prints a parsed value, which isn't JSON. */
interface Representation extends Mistake {
  layout: Layout;
  words: string;
  string: (content: string) => string;
  literals: Readonly<Record<string, string>>;
  number: NumberWriter;
}

const hash = (colon: string): Layout => ({ ...spread, colon });

export const representations: readonly Representation[] = [
  {
    id: 'python-dict',
    layout: spread,
    string: inPython,
    literals: { true: 'True', false: 'False', null: 'None' },
    number: asInPython,
    words: "the signature matches the body as str() of Python's dict: {'event': …}",
    remedy: rawBytesIn.python,
  },
  ...['=>', ' => '].map(colon => ({
    id: 'ruby-hash',
    layout: hash(colon),
    string: inRuby,
    literals: { null: 'nil' },
    number: asInRuby,
    words: 'the signature matches the body as to_s of Ruby\'s Hash: {"event"=>…}',
    remedy: rawBytesIn.ruby,
  })),
  {
    id: 'java-map',
    layout: hash('='),
    string: content => content,
    literals: {},
    number: lexeme => lexeme,
    words: "the signature matches the body as toString() of Java's Map: {event=…}",
    remedy: rawBytesIn.java,
  },
];

/** None for a body that isn't JSON, which has no tokens. */
export function* representationsOf(tokens: readonly Token[]): Generator<{ text: string; mistake: () => Mistake }> {
  if (tokens.length === 0) return;
  const unique = orderKeys(tokens, lastOfEach);
  for (const { layout, string, literals, number, ...mistake } of representations) {
    const changed = unique.map((token): Token => {
      if (token.kind === 'string') return { kind: 'string', text: string(contentOf(token)) };
      if (token.kind === 'number') return { kind: 'number', text: number(token.text) };
      return token.kind === 'word' ? { kind: 'word', text: literals[token.text] ?? token.text } : token;
    });
    const text = write(changed, layout);
    if (text !== undefined) yield { text, mistake: () => mistake };
  }
}

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function inPython(content: string): string {
  const quote = content.includes("'") && !content.includes('"') ? '"' : "'";
  const text = content.replace(/[\\'"]|(?! )[\p{C}\p{Z}]/gu, character => {
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character;
    return controls[character] ?? inPythonDigits(character.codePointAt(0) ?? 0);
  });
  return quote + text + quote;
}

function inPythonDigits(point: number): string {
  const [mark, width] = point < 0x100 ? ['x', 2] : point < 0x10000 ? ['u', 4] : ['U', 8];
  return `\\${mark}${point.toString(16).padStart(width, '0')}`;
}

const rubyControls: Readonly<Record<string, string>> = {
  ...controls,
  ...{ '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u0007': '\\a', '\u001b': '\\e' },
};

function inRuby(content: string): string {
  const text = content.replace(/[\\"]|#(?=[{$@])|(?! )[\p{C}\p{Zl}\p{Zp}]/gu, character => {
    if (character === '"' || character === '#') return `\\${character}`;
    const point = character.codePointAt(0) ?? 0;
    const digits = point.toString(16).toUpperCase();
    return rubyControls[character] ?? (point < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`);
  });
  return `"${text}"`;
}
