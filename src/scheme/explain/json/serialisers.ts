import type { Stack } from '../remedies.js';
import { asInJavaScript, emptyObjectsAsArrays, lastOfEach, orderKeys, sorted, sortedByBytes, sortedByLength } from './keys.js'; // prettier-ignore
import { compact, fourSpaces, jackson, rubyPretty, spread, tabs, twoSpaces, type Layout } from './layouts.js';
import { asDoubles, asInJava, asInPhp, asInPython, asInRuby, type NumberWriter } from './numbers.js';
import type { Escapes } from './strings.js';
import type { Token } from './tokens.js';

export interface Keys {
  id: string;
  /** Completes "with"; empty for what every parser does. */
  words: string;
  /** Undefined if they stay unchanged. */
  rewrite?: (tokens: readonly Token[]) => Token[];
}

export interface Numbers {
  id: string;
  words: string;
  /** Undefined if they stay unchanged. */
  write?: NumberWriter;
}

const asTheyCome = { id: '', words: '' };

export const keysOf = {
  asTheyCome,
  javaScript: { ...asTheyCome, rewrite: tokens => orderKeys(tokens, asInJavaScript) },
  last: { ...asTheyCome, rewrite: tokens => orderKeys(tokens, lastOfEach) },
  phpArrays: { id: 'empty-arrays', words: 'empty objects written as []', rewrite: tokens => emptyObjectsAsArrays(orderKeys(tokens, lastOfEach)) }, // prettier-ignore
  sorted: { id: 'sorted-keys', words: 'sorted keys', rewrite: tokens => orderKeys(tokens, sorted) },
  sortedByBytes: { id: 'sorted-keys', words: 'sorted keys', rewrite: tokens => orderKeys(tokens, sortedByBytes) },
  sortedByLength: { id: 'keys-by-length', words: 'keys sorted by length', rewrite: tokens => orderKeys(tokens, sortedByLength) }, // prettier-ignore
} as const satisfies Record<string, Keys>;

export const numbersOf = {
  asTheyCome,
  doubles: { ...asTheyCome, write: asDoubles },
  python: { id: 'python-numbers', words: 'numbers as Python or Ruby writes them', write: asInPython },
  php: { id: 'php-numbers', words: 'numbers as PHP writes them', write: asInPhp },
  ruby: { id: 'ruby-numbers', words: 'numbers as Ruby writes them', write: asInRuby },
  java: { id: 'java-numbers', words: 'numbers as Java writes them', write: asInJava },
} as const satisfies Record<string, Numbers>;

/** How a common stack re-serialises JSON. */
export interface Serialiser {
  /** Completes "the way … does". */
  name: string;
  stack: Stack;
  layout: Layout;
  /** Undefined if strings stay unchanged. */
  escapes?: Escapes;
  keys: Keys;
  numbers: Numbers;
}

type Style = Pick<Serialiser, 'stack' | 'keys' | 'numbers'>;

const node: Style = { stack: 'node', keys: keysOf.javaScript, numbers: numbersOf.doubles };
const python: Style = { stack: 'python', keys: keysOf.last, numbers: numbersOf.python };
const php: Style = { stack: 'php', keys: keysOf.last, numbers: numbersOf.php };
const ruby: Style = { stack: 'ruby', keys: keysOf.last, numbers: numbersOf.ruby };
const go: Style = { stack: 'go', keys: keysOf.sortedByBytes, numbers: numbersOf.doubles };
const java: Style = { stack: 'java', keys: keysOf.last, numbers: numbersOf.java };
const dotnet: Style = { stack: 'dotnet', keys: keysOf.last, numbers: numbersOf.asTheyCome };
const database: Style = { stack: 'database', keys: keysOf.sortedByLength, numbers: numbersOf.asTheyCome };

const inAscii: Escapes = { ascii: true, delete: true };
const goEscapes: Escapes = { html: '<>&', lines: true };
const textJson: Escapes = { ascii: true, html: '<>&\'"+`', upper: true, delete: true };
const hexFlags: Escapes = { ascii: true, slash: true, html: '<>&\'"', upper: 'html' };

/** The most likely first. */
export const serialisers: readonly Serialiser[] = [
  { name: "JavaScript's JSON.stringify", ...node, layout: compact, escapes: {} },
  { name: "Python's json.dumps", ...python, layout: spread, escapes: inAscii },
  { name: "JavaScript's JSON.stringify", ...node, layout: twoSpaces, escapes: {} },
  { name: "JavaScript's JSON.stringify", ...node, layout: fourSpaces, escapes: {} },
  { name: "JavaScript's JSON.stringify", ...node, layout: tabs, escapes: {} },
  { name: "PHP's json_encode", ...php, layout: compact, escapes: { ascii: true, slash: true } },
  { name: "Python's json.dumps with ensure_ascii=False", ...python, layout: spread, escapes: {} },
  { name: "Python's json.dumps with separators=(',', ':')", ...python, layout: compact, escapes: inAscii },
  { name: "Python's json.dumps with sort_keys=True", ...python, layout: spread, escapes: inAscii, keys: keysOf.sortedByBytes }, // prettier-ignore
  { name: "Python's json.dumps with sort_keys=True", ...python, layout: compact, escapes: inAscii, keys: keysOf.sortedByBytes }, // prettier-ignore
  { name: "Python's json.dumps with indent=2", ...python, layout: twoSpaces, escapes: inAscii },
  { name: "Python's json.dumps with indent=4", ...python, layout: fourSpaces, escapes: inAscii },
  { name: "Go's json.Marshal", ...go, keys: keysOf.asTheyCome, numbers: numbersOf.asTheyCome, layout: compact, escapes: goEscapes }, // prettier-ignore
  { name: "Go's json.Marshal of a map", ...go, layout: compact, escapes: goEscapes },
  { name: "Go's json.Marshal of a map", ...go, layout: compact, escapes: { ...goEscapes, longControls: true } },
  { name: "Ruby's JSON.generate", ...ruby, layout: compact, escapes: {} },
  { name: "Ruby's JSON.pretty_generate", ...ruby, layout: twoSpaces, escapes: {} },
  { name: "Ruby's JSON.pretty_generate", ...ruby, layout: rubyPretty, escapes: {} },
  { name: "Rails's to_json", ...ruby, layout: compact, escapes: goEscapes },
  { name: "PHP's json_encode of an array", ...php, keys: keysOf.phpArrays, layout: compact, escapes: { ascii: true, slash: true } }, // prettier-ignore
  {
    name: "PHP's json_encode with JSON_UNESCAPED_UNICODE",
    ...php,
    layout: compact,
    escapes: { slash: true, lines: true },
  },
  { name: "PHP's json_encode with JSON_UNESCAPED_SLASHES", ...php, layout: compact, escapes: { ascii: true } },
  {
    name: "PHP's json_encode with JSON_PRETTY_PRINT",
    ...php,
    layout: fourSpaces,
    escapes: { ascii: true, slash: true },
  },
  { name: "PHP's json_encode with its JSON_HEX flags", ...php, layout: compact, escapes: hexFlags },
  { name: "System.Text.Json's JsonSerializer", ...dotnet, layout: compact, escapes: textJson },
  { name: "System.Text.Json's JsonSerializer with WriteIndented", ...dotnet, layout: twoSpaces, escapes: textJson },
  { name: 'Gson', ...java, layout: compact, escapes: { html: "<>&='", lines: true } },
  { name: "Gson's setPrettyPrinting", ...java, layout: twoSpaces, escapes: { html: "<>&='", lines: true } },
  { name: 'Jackson', ...java, layout: compact, escapes: { upper: true } },
  { name: "Jackson's default pretty printer", ...java, layout: jackson, escapes: { upper: true } },
  { name: "Go's json.MarshalIndent", ...go, layout: tabs, escapes: goEscapes },
  { name: "Go's json.MarshalIndent", ...go, layout: twoSpaces, escapes: goEscapes },
  { name: "Go's json.Encoder with SetEscapeHTML(false)", ...go, layout: compact, escapes: { lines: true } },
  { name: "PostgreSQL's jsonb", ...database, layout: spread, escapes: {} },
];
