import { diffArrays, diffChars } from 'diff';
import { jsonTokens } from '../json/lexemes.js';
import type { Mark } from './types.js';
import { utf8In } from '../text/utf8.js';

/** More would hide the body. */
const most = 5000;

/** In UTF-16 units. Longer texts are slow to compare, and nobody looks for a mark in them. */
const longest = 512 * 1024;

/** In milliseconds. The comparison blocks other requests. */
const timeout = 100;

/** The places where a body differs from the signed one, in text order; none if the two have hardly anything in common. */
export function marksBetween(body: Uint8Array, signedBody: Uint8Array): Mark[] {
  const [text, signed] = [utf8In(body), utf8In(signedBody)];
  if (text === undefined || text.length > longest || signedBody.length > 2 * longest) return [];
  if (signed === undefined) return inOtherEncoding(text, signedBody);
  const isJson = jsonTokens(text) !== undefined && jsonTokens(signed) !== undefined;
  const [ours, theirs] = [lexemesOf(text, isJson), lexemesOf(signed, isJson)];
  const pairs = pairsOf(ours, theirs);
  const marks = pairs && hasMuchInCommon(pairs, ours) ? joined(marksIn(pairs)) : [];
  return marks.length > most ? [] : marks;
}

/** One character per byte: anything beyond ASCII was written differently. */
const inOtherEncoding = (text: string, { length }: Uint8Array): Mark[] =>
  length === text.length
    ? Array.from(text.matchAll(/[^\0-\x7f]+/g), ({ 0: found, index }) => ({ start: index, end: index + found.length }))
    : [];

/** A part of a text and the blanks before it. The last part is blanks only. */
interface Lexeme {
  text: string;
  start: number;
  gap: string;
}

function lexemesOf(text: string, isJson: boolean): Lexeme[] {
  const found = isJson
    ? (jsonTokens(text) ?? [])
    : Array.from(text.matchAll(/\w+|[^\w\s]/g), ({ 0: { length }, index }) => ({ start: index, end: index + length }));
  let last = 0;
  const lexemes = found.map(({ start, end }): Lexeme => {
    const gap = text.slice(last, start);
    last = end;
    return { text: text.slice(start, end), start, gap };
  });
  return [...lexemes, { text: '', start: text.length, gap: text.slice(last) }];
}

/** The text at a place, and what was signed there; either may be missing. */
type Pair = readonly [ours: Lexeme | undefined, theirs: Lexeme | undefined];

/** Undefined if the comparison takes too long. */
function pairsOf(ours: readonly Lexeme[], theirs: readonly Lexeme[]): Pair[] | undefined {
  const signed = new Set(theirs.map(({ text }) => text));
  // A part that isn't among the signed ones was changed; any other may have been moved.
  const isInOrder = ours.every(({ text }, index) => text === theirs[index]?.text || !signed.has(text));
  if (ours.length === theirs.length && isInOrder) return ours.map((lexeme, index): Pair => [lexeme, theirs[index]]);
  const changes = diffArrays([...ours], [...theirs], {
    comparator: (one, other) => one.text === other.text,
    timeout,
  });
  let [our, their] = [0, 0];
  return changes?.flatMap(({ added, removed, count }) =>
    Array.from({ length: count }, (): Pair => [added ? undefined : ours[our++], removed ? undefined : theirs[their++]]),
  );
}

function hasMuchInCommon(pairs: readonly Pair[], ours: readonly Lexeme[]): boolean {
  const lengthOf = (lexemes: readonly (Lexeme | undefined)[]) =>
    lexemes.reduce((sum, lexeme) => sum + (lexeme?.text.length ?? 0), 0);
  return lengthOf(pairs.map(([one, other]) => other && one)) * 3 >= lengthOf(ours);
}

function marksIn(pairs: readonly Pair[]): Mark[] {
  let [place, wasPair] = [0, true];
  return pairs.flatMap(([ours, theirs]): Mark[] => {
    const before = place;
    if (ours) place = ours.start + ours.text.length;
    if (!ours || !theirs) {
      wasPair = false;
      if (ours) return [{ start: ours.start, end: place }];
      return theirs ? [{ start: before, end: before, missing: theirs.gap + theirs.text }] : [];
    }
    const gaps = wasPair ? between(before, ours.gap, theirs.gap) : [];
    wasPair = true;
    return [...gaps, ...within(ours, theirs.text)];
  });
}

/** The difference between two texts with a common beginning and end. */
function between(start: number, ours: string, theirs: string): Mark[] {
  if (ours === theirs) return [];
  let [head, tail] = [0, 0];
  const most = Math.min(ours.length, theirs.length);
  while (head < most && ours[head] === theirs[head]) head += 1;
  while (tail < most - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  const missing = theirs.slice(head, theirs.length - tail);
  return [{ start: start + head, end: start + ours.length - tail, ...(missing !== '' && { missing }) }];
}

/** In UTF-16 units. */
const longestWord = 1000;

function within({ text, start }: Lexeme, signed: string): Mark[] {
  if (text === signed) return [];
  const changes = text.length + signed.length <= longestWord ? diffChars(text, signed, { timeout }) : undefined;
  if (!changes) return between(start, text, signed);
  let place = start;
  return changes.flatMap(({ added, removed, value }): Mark[] => {
    const before = place;
    if (!added) place += value.length;
    if (added) return [{ start: before, end: before, missing: value }];
    return removed ? [{ start: before, end: place }] : [];
  });
}

/** Merges adjacent marks. */
function joined(marks: readonly Mark[]): Mark[] {
  const all: Mark[] = [];
  for (const mark of marks) {
    const last = all.at(-1);
    if (last?.end !== mark.start) {
      all.push({ ...mark });
      continue;
    }
    last.end = mark.end;
    const missing = (last.missing ?? '') + (mark.missing ?? '');
    if (missing !== '') last.missing = missing;
  }
  return all;
}
