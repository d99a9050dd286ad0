import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith(ending))
    .map(file => path.posix.join(folder, file.split(path.sep).join('/')))
    .sort();

const files = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...filesIn('docs', '.md'),
  ...filesIn('src', '.ts'),
  ...filesIn('src', '.tsx'),
];

/** Phrases that a native reader trips over, and what to write instead. */
const phrases: readonly [RegExp, string][] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\banew\b/i, 're-serialised, or again'],
  [/\bso often\b/i, 'N times'],
  [/\bso many\b/i, 'N, or at most N'],
  [/\bas far as\b/i, 'a plain clause'],
  [/\bst(?:ands?|ood) in\b/i, 'is in'],
  [/\bst(?:ands?|ood) (?:there|below|above|beside)\b/i, 'is there'],
  [/\bwhere (?:it|they|things) stands?\b/i, 'where it is'],
  [/\bnever an? [\w-]+ stands\b/i, 'no … is'],
  [/\btells\b/i, 'reports, or shows'],
  [/\b(?:is|are|was|were) told\b/i, 'is reported'],
  [/\btold of\b/i, 'reported'],
  [/\bhand(?:s|ed|ing)? (?:\w+ )?on\b/i, 'forward'],
  [/\bforetell\b/i, 'cryptographically random'],
  [/\banother machine than this one\b/i, 'a remote receiver'],
  [/\bthe answer is no\b/i, 'failed'],
  [/\bask its owner\b/i, 'check its permissions'],
  [/\bleave to read\b/i, 'permission'],
  [/\bnarrow-minded\b/i, 'strict'],
  [/\bwhen its turn comes\b/i, 'when needed'],
  [/\bin vain\b/i, 'timed out, or failed'],
  [/\ball the same\b/i, 'still, or anyway'],
  [/\bfor want of\b/i, 'without'],
  [/\brightly signed\b/i, 'validly signed'],
  [/\b(?:win|wins) over\b/i, 'take precedence over'],
  [/\bfunction that (?:it|this) returns\b/i, 'the returned function'],
  [/\boptions that make no sense\b/i, 'invalid options'],
  [/\bas a user would\b/i, 'a plain clause'],
];

test('No source or document contains a phrase that reads like a translation.', () => {
  const places = files.flatMap(file =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        phrases.flatMap(([phrase, better]) => {
          const [found] = phrase.exec(line) ?? [];
          return found === undefined ? [] : [`${file}:${index + 1}: "${found}": write "${better}"`];
        }),
      ),
  );
  expect(places, `${places.length} places:\n${places.join('\n')}\n`).toEqual([]);
});
