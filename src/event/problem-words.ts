import { counted } from '../text/words.js';
import type { Problem, ProblemCode } from './problem.js';

/** Describes a problem as a clause. Paths and keys are as received: escape the result before showing it. */
export const problemWords = (problem: Problem): string => words[problem.code](problem, pathText(problem.path));

const words: Record<ProblemCode, (problem: Problem, path: string) => string> = {
  'not-utf8': ({ found }) =>
    found === 'gzip'
      ? "the body is compressed with gzip, and isn't JSON"
      : `the body ${found === undefined ? '' : `is ${found}, and `}isn't UTF-8`,
  'not-json': ({ found }) => `the body isn't JSON${found === undefined ? '' : `: ${found}`}`,
  'too-deep': () => 'the body is nested too deeply to be checked',
  'byte-order-mark': () => 'the body begins with a byte order mark',
  missing: ({ expected }, path) =>
    `${path} is missing${expected === undefined ? '' : `, and it's required with ${expected}`}`,
  empty: (_, path) => `${path} is empty`,
  'wrong-type': ({ expected, found }, path) =>
    `${path} should be ${withArticle(expected)} and is ${withArticle(found)}`,
  'wrong-value': ({ expected, found }, path) => `${path} should be ${expected ?? ''} and is ${withArticle(found)}`,
  'wrong-format': ({ expected }, path) => `${path} isn't ${expected ?? ''}`,
  'wrong-pattern': ({ expected }, path) => `${path} doesn't match the pattern ${expected ?? ''}`,
  'wrong-length': ({ expected, found }, path) => `${path} should have ${expected ?? ''} and is ${withArticle(found)}`,
  'wrong-number': ({ expected }, path) => `${path} should be ${expected ?? ''}`,
  'wrong-key': (_, path) => `${path} isn't a name that the schema allows`,
  'wrong-items': ({ expected }, path) => `${path} should have ${expected ?? ''} of the kind that the schema asks for`,
  'duplicate-item': ({ expected }, path) => `${path} is the same as item ${expected ?? ''}`,
  'not-allowed': (_, path) => `${path} isn't allowed by the schema`,
  'no-alternative': ({ expected, nearest }, path) =>
    `${path} fits none of ${expected ?? ''} alternatives${nearest ? nearestWords(nearest) : ''}`,
  'several-alternatives': ({ expected }, path) =>
    `${path} fits the alternatives ${expected ?? ''}, and should fit only one`,
  'too-slow': () => 'the body takes too long to be checked against the schema',
  'given-up': () => "the body isn't checked: earlier ones took too long",
  'more-problems': () => 'the body may have more problems: listing them all takes too long',
  'unknown-key': ({ expected = 'a documented key' }, path) => `${path} isn't ${expected}`,
  'unknown-status': ({ found }, path) => `${path} is ${withArticle(found)}, which isn't a documented status`,
  'other-reference': ({ expected }, path) => `${path} isn't the same as ${expected ?? ''}`,
  'upper-case-email': (_, path) => `${path} has capital letters, and Fin sends none`,
  'mixed-versions': ({ expected, found }, path) =>
    `${path} is ${found ?? ''}, after ${expected ?? ''} for the same customer`,
  'duplicate-key': (_, path) => `${path} appears twice; most parsers take the last one`,
  'imprecise-number': ({ found }, path) => `${path} is read as ${found ?? ''}, which isn't the number in the text`,
  'lone-surrogate': (_, path) => `${path} has half a character (a lone surrogate), which UTF-8 can't express`,
  'nul-character': (_, path) => `${path} has a NUL (\\u0000), which many databases refuse`,
  'unknown-event': ({ expected }, path) => `${path} isn't a known event; known: ${expected ?? ''}`,
};

const nearestWords = ({ number, count, problem }: NonNullable<Problem['nearest']>): string =>
  `; the closest is number ${number}: ${problemWords(problem)}${count > 1 ? `, and ${count - 1} more` : ''}`;

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
