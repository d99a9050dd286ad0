import path from 'node:path';
import { expect, test } from 'vitest';
import { allCases } from '../../src/conformance/cases/index.js';
import { root } from '../support/cli.js';
import { textOf } from '../support/documents.js';
import { finCases } from './checking.js';
import { page } from './page.js';

const file = path.join(root, 'docs/conformance.md');

// `npx vitest run test/conformance/page.test.ts --update` rewrites it.
test('docs/conformance.md matches the cases', async () => {
  await expect(page()).toMatchFileSnapshot(file);
});

test('the other pages have the number of cases', () => {
  const words = `${finCases.length} cases, about a hundred requests`;
  expect(['README.md', 'docs/checking.md'].filter(name => !textOf(name).includes(words))).toEqual([]);
});

test('every case has its own section', () => {
  const sections = [...page().matchAll(/^### `(.+)`$/gm)].map(([, id]) => id);
  expect(sections).toEqual(allCases.map(({ id }) => id));
});

test('each text of a case is one line without a full stop at the end', () => {
  const texts = allCases.flatMap(({ why, sends, remedy }) => [why, sends, remedy]);
  expect(texts.filter(text => !/^\S.*[^.\s]$/.test(text))).toEqual([]);
});
