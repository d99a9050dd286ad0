import path from 'node:path';
import { expect, test } from 'vitest';
import { allCases } from '../../src/conformance/cases/index.js';
import { root } from '../support/cli.js';
import { page } from './page.js';

const file = path.join(root, 'docs/conformance.md');

// `npx vitest run test/conformance/page.test.ts --update` rewrites it.
test('the page on the suite says what the cases say', async () => {
  await expect(page()).toMatchFileSnapshot(file);
});

test('every case has a section of its own', () => {
  const sections = [...page().matchAll(/^### `(.+)`$/gm)].map(([, id]) => id);
  expect(sections).toEqual(allCases.map(({ id }) => id));
});

test('no text of a case ends with a full stop, and each is one line', () => {
  const texts = allCases.flatMap(({ why, sends, remedy }) => [why, sends, remedy]);
  expect(texts.filter(text => !/^\S.*[^.\s]$/.test(text))).toEqual([]);
});
