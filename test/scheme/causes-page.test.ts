import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/cli.js';
import { page } from './causes-page.js';
import { bodyCases, rareBodyCases } from './mistakes/bodies.js';
import { contentCases, encodedSecretCases } from './mistakes/schemes.js';
import { rareSecretCases, secretCases } from './mistakes/secrets.js';

// `npx vitest run test/scheme/causes-page.test.ts --update` rewrites it.
test('docs/troubleshooting.md matches the search', async () => {
  await expect(page()).toMatchFileSnapshot(path.join(root, 'docs/troubleshooting.md'));
});

test('every mistake in the tests is on the page, with its fix', () => {
  const ids = [bodyCases, rareBodyCases, contentCases, encodedSecretCases, secretCases, rareSecretCases].flatMap(
    cases => cases.map(({ id }) => id),
  );
  // The forms of JSON combine, and have a table per stack.
  const known = new Set([...page().matchAll(/^\| `([\w-]+)` \| \S.* \| \S.* \|$/gm)].map(([, id]) => id));
  expect([...new Set(ids)].filter(id => !id.startsWith('json-') && !known.has(id))).toEqual([]);
});
