import { parse } from '@humanwhocodes/momoa';
import type { Span } from './text.js';

/**
 * Locates and describes the first flaw of a text that isn't JSON. Quotes nothing from the text except names listed
 * here.
 */
export function flawIn(text: string): { words?: string; span: Span } {
  const { offset, words: general } = flawByEngine(text) ?? { offset: offsetOfError(text) };
  const { start, words = general } = slipAt(text, offset) ?? { start: offset };
  return { span: { start, end: start }, ...(words !== undefined && { words }) };
}

/** V8 reports the position of most flaws. Messages with quotation marks would quote the text. */
function flawByEngine(text: string): { offset: number; words: string } | undefined {
  const message = messageOf(() => JSON.parse(text));
  if (message === 'Unexpected end of JSON input') {
    return { offset: text.length, words: text.trim() === '' ? 'it is empty' : 'it ends too early' };
  }
  const [, words, offset] =
    /^([^"]+?) (?:in|after) JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message) ?? [];
  return words === undefined ? undefined : { offset: Number(offset), words: words.toLowerCase() };
}

const messageOf = (run: () => unknown): string => {
  try {
    run();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

function offsetOfError(text: string): number {
  try {
    parse(text, { mode: 'json' });
  } catch (error) {
    if (error instanceof Error && 'offset' in error && typeof error.offset === 'number') return error.offset;
  }
  return 0;
}

/** Habits from other languages, by the text at the flaw. */
const slips: readonly (readonly [sign: RegExp, words: string])[] = [
  [/\/[/*]|#/y, "comments aren't allowed"],
  [/['\u2018\u2019\u201c\u201d]/y, 'keys and strings take straight double quotes'],
  [/NaN\b/y, "NaN isn't a value in JSON: write null"],
  [/-?Infinity\b/y, "Infinity isn't a value in JSON: write null"],
  [/undefined\b/y, "undefined isn't a value in JSON: write null, or leave out the key"],
  [/True\b/y, "this is Python's True: write true"],
  [/False\b/y, "this is Python's False: write false"],
  [/None\b/y, "this is Python's None: write null"],
  [/[A-Za-z_$][\w$]*\s*:/y, 'keys take double quotes'],
  [/[^\S \t\r\n]/y, 'only plain spaces, tabs and line breaks are allowed between values'],
];

function slipAt(text: string, offset: number): { start: number; words: string } | undefined {
  if (text[offset] === ']' || text[offset] === '}') {
    const before = text.slice(0, offset).trimEnd();
    return before.endsWith(',') ? { start: before.length - 1, words: 'there is an extra comma' } : undefined;
  }
  const start = startOfWord(text, offset);
  const [, words] = slips.find(([sign]) => isAt(sign, text, start)) ?? [];
  return words === undefined ? undefined : { start, words };
}

/** A parser may fail after a sign, or within a word. */
function startOfWord(text: string, offset: number): number {
  const [word = ''] = /-?\w*$/.exec(text.slice(Math.max(0, offset - longestWord), offset)) ?? [];
  return offset - word.length;
}

/** The length of the longest word in the table, with a sign before it. */
const longestWord = '-undefined'.length;

function isAt(sign: RegExp, text: string, start: number): boolean {
  sign.lastIndex = start;
  return sign.test(text);
}
