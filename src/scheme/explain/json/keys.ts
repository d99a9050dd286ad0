import { contentOf } from './strings.js';
import type { Token } from './tokens.js';

interface Member {
  key: string;
  name: Token;
  value: Value;
}

type Value = Token | { items: Value[] } | { members: readonly Member[] };

/** Orders the members of an object. Keys may repeat. */
export type KeyOrder = (members: readonly Member[]) => readonly Member[];

/** Returns the tokens with the members of every object in an order. */
export function orderKeys(tokens: readonly Token[], order: KeyOrder): Token[] {
  const result: Token[] = [];
  emit(read({ tokens, at: 0 }, order), result);
  return result;
}

/** The traits that decide whether an order changes anything. */
interface KeySurvey {
  hasDuplicates: boolean;
  /** Keys that JavaScript moves to the front. */
  hasIndices: boolean;
  isSorted: boolean;
  isSortedByLength: boolean;
  hasEmptyObjects: boolean;
  isAscii: boolean;
}

/** Reads all keys once. */
export function surveyKeys(tokens: readonly Token[]): KeySurvey {
  const survey: KeySurvey = {
    ...{ hasDuplicates: false, hasIndices: false, hasEmptyObjects: false },
    ...{ isSorted: true, isSortedByLength: true, isAscii: true },
  };
  const objects: OpenObject[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind === '{') objects.push({ keys: new Set(), last: undefined });
    if (token.kind === '}') survey.hasEmptyObjects ||= objects.pop()?.last === undefined;
    const object = objects.at(-1);
    if (object && token.kind === 'string' && tokens[index + 1]?.kind === ':') note(contentOf(token), object, survey);
  }
  return survey;
}

interface OpenObject {
  keys: Set<string>;
  last: string | undefined;
}

function note(key: string, object: OpenObject, survey: KeySurvey): void {
  const { keys, last = key } = object;
  survey.hasDuplicates ||= keys.has(key);
  survey.hasIndices ||= isIndex(key);
  survey.isAscii &&= /^[\u0000-\u007f]*$/.test(key);
  survey.isSorted &&= last <= key;
  survey.isSortedByLength &&= compareLengths(last, key) <= 0;
  keys.add(key);
  object.last = key;
}

interface Reader {
  tokens: readonly Token[];
  at: number;
}

function next(reader: Reader): Token {
  const token = reader.tokens[reader.at++];
  if (!token) throw new Error('the tokens end too early');
  return token;
}

/** Reads up to the closing bracket, and skips commas. */
function* until(kind: Token['kind'], reader: Reader): Generator<Token> {
  for (let token = next(reader); token.kind !== kind; token = next(reader)) if (token.kind !== ',') yield token;
}

function read(reader: Reader, order: KeyOrder, token: Token = next(reader)): Value {
  if (token.kind === '[') return { items: Array.from(until(']', reader), first => read(reader, order, first)) };
  if (token.kind !== '{') return token;
  const members: Member[] = [];
  for (const name of until('}', reader)) {
    next(reader);
    members.push({ key: contentOf(name), name, value: read(reader, order) });
  }
  return { members: order(members) };
}

const mark = (kind: '{' | '}' | '[' | ']' | ',' | ':'): Token => ({ kind, text: kind });
const [open, close, openArray, closeArray, comma, colon] = (['{', '}', '[', ']', ',', ':'] as const).map(mark) as [Token, Token, Token, Token, Token, Token]; // prettier-ignore

function emit(value: Value, to: Token[]): void {
  if ('items' in value) {
    to.push(openArray);
    for (const [index, item] of value.items.entries()) {
      if (index > 0) to.push(comma);
      emit(item, to);
    }
    to.push(closeArray);
  } else if ('members' in value) {
    to.push(open);
    for (const [index, member] of value.members.entries()) {
      if (index > 0) to.push(comma);
      to.push(member.name, colon);
      emit(member.value, to);
    }
    to.push(close);
  } else {
    to.push(value);
  }
}

/** PHP reads an object as an array, and an empty array is a list. */
export const emptyObjectsAsArrays = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, index) => {
    if (token.kind === '{' && tokens[index + 1]?.kind === '}') return openArray;
    return token.kind === '}' && tokens[index - 1]?.kind === '{' ? closeArray : token;
  });

/** For repeated keys, a parser keeps the last value at the place of the first. */
export function lastOfEach(members: readonly Member[]): readonly Member[] {
  const byKey = new Map<string, Member>();
  for (const member of members) byKey.set(member.key, member);
  return byKey.size === members.length ? members : [...byKey.values()];
}

/** JavaScript puts keys that are array indices first, by value. */
export function asInJavaScript(members: readonly Member[]): readonly Member[] {
  const unique = lastOfEach(members);
  if (!unique.some(({ key }) => isIndex(key))) return unique;
  const indices = unique.filter(({ key }) => isIndex(key)).sort((a, b) => Number(a.key) - Number(b.key));
  return [...indices, ...unique.filter(({ key }) => !isIndex(key))];
}

const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;

const by =
  (compare: (a: string, b: string) => number): KeyOrder =>
  members =>
    [...lastOfEach(members)].sort((a, b) => compare(a.key, b.key));

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** By UTF-16 units, as JavaScript, Java and C# sort. */
export const sorted = by((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** By bytes, as Go, PHP, Python and Ruby sort. */
export const sortedByBytes = by(compareBytes);

const compareLengths = (a: string, b: string): number =>
  Buffer.byteLength(a) - Buffer.byteLength(b) || compareBytes(a, b);

/** Short keys first: the order of PostgreSQL's jsonb and MySQL's JSON. */
export const sortedByLength = by(compareLengths);
