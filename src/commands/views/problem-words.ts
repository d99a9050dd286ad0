import { counted } from '../../text/words.js';
import type { Problem, ProblemCode } from '../../event/problem.js';

/** Words a problem as a clause. Paths and keys are as received: make the result safe before showing it. */
export const problemWords = (problem: Problem): string => words[problem.code](problem, pathText(problem.path));

const words: Record<ProblemCode, (problem: Problem, path: string) => string> = {
  'not-utf8': ({ found }) =>
    found === 'gzip'
      ? "the body is compressed with gzip, and isn't JSON"
      : `the body ${found === undefined ? '' : `is ${found}, and `}isn't UTF-8`,
  'not-json': ({ found }) => `the body isn't JSON${found === undefined ? '' : `: ${found}`}`,
  'too-deep': () => 'the body is nested too deeply to be checked',
  'byte-order-mark': () => 'the body begins with a byte order mark',
  missing: (_, path) => `${path} is missing`,
  empty: (_, path) => `${path} is empty`,
  'wrong-type': ({ expected, found }, path) =>
    `${path} should be ${withArticle(expected)} and is ${withArticle(found)}`,
  'wrong-value': ({ expected, found }, path) => `${path} should be ${expected ?? ''} and is ${withArticle(found)}`,
  'wrong-format': ({ expected }, path) => `${path} isn't ${expected ?? ''}`,
  'unknown-key': (_, path) => `${path} isn't a documented key`,
  'unknown-status': ({ found }, path) => `${path} is ${withArticle(found)}, which isn't a documented status`,
  'other-reference': ({ expected }, path) => `${path} isn't the same as ${expected ?? ''}`,
  'upper-case-email': (_, path) => `${path} has capital letters, and Fin sends none`,
  'mixed-versions': ({ expected, found }, path) =>
    `${path} is ${found ?? ''}, after ${expected ?? ''} for the same customer`,
  'duplicate-key': (_, path) => `${path} is there twice; most parsers take the last one`,
  'imprecise-number': ({ found }, path) => `${path} is read as ${found ?? ''}, which isn't the number in the text`,
  'lone-surrogate': (_, path) => `${path} has half a character (a lone surrogate), which UTF-8 can't express`,
  'nul-character': (_, path) => `${path} has a NUL (\\u0000), which many databases refuse`,
  'unknown-event': ({ expected }, path) => `${path} isn't a known event; known: ${expected ?? ''}`,
};

const withArticle = (kind = ''): string =>
  kind === 'null' || kind === '' || kind.startsWith('"')
    ? kind
    : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${withUnit(kind)}`;

const withUnit = (kind: string): string =>
  kind.replace(/^(string|array) of (\d+)$/, (_, what: string, count: string) => {
    return `${what} of ${counted(Number(count), what === 'string' ? 'character' : 'item')}`;
  });

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'the body' : text.slice(0, 200);
}
