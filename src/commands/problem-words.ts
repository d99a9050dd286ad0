import type { Problem, ProblemCode } from '../event/problem.js';

/** What is wrong with a body, as a clause. Paths and keys are as received: make the result safe before showing it. */
export const problemWords = (problem: Problem): string => words[problem.code](problem, pathText(problem.path));

const words: Record<ProblemCode, (problem: Problem, path: string) => string> = {
  'not-utf8': () => "the body isn't UTF-8",
  'not-json': () => "the body isn't JSON",
  'byte-order-mark': () => 'the body begins with a byte order mark',
  missing: (_, path) => `${path} is missing`,
  empty: (_, path) => `${path} is empty`,
  'wrong-type': ({ expected, found }, path) =>
    `${path} should be ${withArticle(expected)} and is ${withArticle(found)}`,
  'wrong-value': ({ expected, found }, path) => `${path} should be ${expected ?? ''} and is another ${found ?? ''}`,
  'wrong-format': ({ expected }, path) => `${path} isn't ${expected ?? ''}`,
  'unknown-key': (_, path) => `${path} isn't a documented key`,
  'unknown-status': (_, path) => `${path} isn't a documented status`,
  'unknown-event': ({ expected }, path) => `${path} isn't a known event; known: ${expected ?? ''}`,
};

const withArticle = (kind = ''): string =>
  kind === 'null' || kind === '' ? kind : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'the body' : text.slice(0, 200);
}
