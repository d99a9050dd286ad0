import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './support/cli.js';

const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** As GitHub makes them. */
const anchorsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const pages = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/ci.md',
  'docs/conformance.md',
  'docs/inspector.md',
  'docs/load.md',
  'docs/receivers.md',
  'docs/schemes.md',
];

describe.each(pages)('%s', name => {
  const text = textOf(name);

  test('links to what is there', () => {
    const links = [...text.matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter(link => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? name : path.join(path.dirname(name), file);
      return (
        !existsSync(path.join(root, target)) || (anchor !== undefined && !anchorsIn(textOf(target)).includes(anchor))
      );
    });
    expect(broken).toEqual([]);
  });

  test('names files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:src|test|bin|docs|fixtures|schemas|scripts|templates|ci|\.ci)\/[\w./-]*)`/g)];
    expect(named.map(([, file = '']) => file).filter(file => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

test('CONTRIBUTING tells of every program that tests or measures', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const own = Object.keys(scripts).filter(script => /^(?:test|check|bench)\b/.test(script));
  const untold = own.filter(
    script => !textOf('CONTRIBUTING.md').includes(script === 'test' ? 'npm test' : `npm run ${script}`),
  );
  expect(untold).toEqual([]);
});
