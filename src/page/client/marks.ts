import type { Diagnosis } from '../../scheme/explain/diagnosis.js';
import type { Mark } from './body-lines.js';
import { jsonTokens, type JsonToken } from './json-tokens.js';

/** The places that differ from what was signed, in the order of the text; none where the cause doesn't say which. */
export function marksFor(diagnosis: Diagnosis | undefined, text: string): Mark[] {
  if (!diagnosis?.found) return [];
  const marks = diagnosis.findings
    .filter(({ about }) => about === 'body')
    .flatMap(({ id }) => (id.startsWith('json-') ? jsonMarks(id, text) : (byCause[id]?.(text) ?? [])));
  return marks.length > most ? [] : marks.sort((one, other) => one.start - other.start);
}

/** More of them would hide the body. */
const most = 5000;

const found = (text: string, pattern: RegExp): Mark[] =>
  Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({ start: index, end: index + length }));

const missingAt = (start: number, missing: string): Mark[] => [{ start, end: start, missing }];

const byteOrderMark = '\ufeff';
const blanksAtStart = (text: string): Mark[] => part(0, text.length - text.trimStart().length);
const blanksAtEnd = (text: string): Mark[] => part(text.trimEnd().length, text.length);
const part = (start: number, end: number): Mark[] => (end > start ? [{ start, end }] : []);
const beyondAscii = (text: string): Mark[] => found(text, /[^\0-\x7f]+/g);

const byCause: Readonly<Record<string, (text: string) => Mark[]>> = {
  'without-final-newline': text => found(text, /\r?\n$/g),
  'with-final-lf': text => missingAt(text.length, '\n'),
  'with-final-crlf': text => missingAt(text.length, '\r\n'),
  'with-two-final-newlines': text => missingAt(text.length, '\n\n'),
  'lf-for-crlf': text => found(text, /\r(?=\n)/g),
  'crlf-for-lf': text => found(text, /(?<!\r)\n/g).map(({ start }) => ({ start, end: start, missing: '\r' })),
  'without-byte-order-mark': text => part(0, text.startsWith(byteOrderMark) ? 1 : 0),
  'with-byte-order-mark': () => missingAt(0, byteOrderMark),
  trimmed: text => [...blanksAtStart(text), ...blanksAtEnd(text)],
  'trimmed-start': blanksAtStart,
  'trimmed-end': blanksAtEnd,
  'without-line-ends': text => found(text, /[\r\n]+/g),
  'without-blanks': text => found(text, /\s+/g),
  'cut-at-nul': text => part(Math.max(0, text.indexOf('\0')), text.includes('\0') ? text.length : 0),
  latin1: beyondAscii,
  'from-mojibake': beyondAscii,
  mojibake: beyondAscii,
  'question-marks': beyondAscii,
};

/** What is in the id of a form of JSON, and which characters of strings it changes. */
const escapes: readonly (readonly [part: string, pattern: RegExp])[] = [
  ['ascii', /[^\0-\x7f]+/g],
  ['escaped-slashes', /(?<!\\)\//g],
  ['escaped-html', /[<>&'+=`]/g],
  ['escaped-lines', /[\u2028\u2029]/g],
  ['escaped-delete', /\x7f/g],
];

function jsonMarks(id: string, text: string): Mark[] {
  const tokens = jsonTokens(text);
  // With its keys in another order, hardly a byte is where it was.
  if (!tokens || /sorted-keys|keys-by-length/.test(id)) return [];
  const patterns = escapes.filter(([name]) => id.includes(name));
  const strings = tokens.filter(({ kind }) => kind === 'string' || kind === 'key');
  const inStrings = strings.flatMap(({ start, end }) =>
    patterns.flatMap(([, pattern]) =>
      found(text.slice(start, end), pattern).map(mark => ({ start: mark.start + start, end: mark.end + start })),
    ),
  );
  const numbers = /-(?:numbers|fractions)\b/.test(id) ? tokens.filter(({ kind }) => kind === 'number') : [];
  return [...inStrings, ...numbers.map(({ start, end }) => ({ start, end })), ...blankMarks(id, text, tokens)];
}

/** What comes after commas and colons in the layouts that have everything on one line; compact JSON has nothing there. */
const spaces: readonly (readonly [id: RegExp, comma: string, colon: string])[] = [
  [/^json-spread/, ' ', ' '],
  [/^json-spaced-colons(?!-\d)/, '', ' '],
  [/^json-spaced-commas/, ' ', ''],
  // Any other layout has line breaks, and none of its places is easier to see than the words for it.
  [/^json-(?:\d-spaces?|tabs|jackson|spaced-colons-\d|padded)/, '\n', '\n'],
];

/** Blanks between lexemes that the signed form doesn't have, or has otherwise. */
function blankMarks(id: string, text: string, tokens: readonly JsonToken[]): Mark[] {
  const [, comma = '', colon = ''] = spaces.find(([pattern]) => pattern.test(id)) ?? [];
  if (comma === '\n') return [];
  const wanted = { comma, colon } as Readonly<Record<string, string>>;
  return [undefined, ...tokens].flatMap((before, index) => {
    const [start, end] = [before?.end ?? 0, tokens[index]?.start ?? text.length];
    const there = wanted[before?.kind ?? ''] ?? '';
    if (text.slice(start, end) === there) return [];
    return start === end ? missingAt(start, there) : [{ start, end }];
  });
}
