import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './support/cli.js';
import { pages, textOf } from './support/documents.js';

/** As GitHub generates them. */
const anchorsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const documents = ['SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pages];

describe.each(documents)('%s', name => {
  const text = textOf(name);

  test('has no broken links', () => {
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

  test('names only files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|bin|docs|fixtures|schemas|scripts|templates|ci|\.ci)\/[\w./-]*)`/g)];
    expect(named.map(([, file = '']) => file).filter(file => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

test('the index of docs/ names every page', () => {
  const index = textOf('docs/README.md');
  const others = pages.filter(page => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(others.filter(page => !index.includes(`](${path.basename(page)})`))).toEqual([]);
});

test('CONTRIBUTING lists every program that tests or measures', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const own = Object.keys(scripts).filter(script => /^(?:test|check|bench)\b/.test(script));
  const untold = own.filter(
    script => !textOf('CONTRIBUTING.md').includes(script === 'test' ? 'npm test' : `npm run ${script}`),
  );
  expect(untold).toEqual([]);
});
