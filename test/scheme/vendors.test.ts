import { globSync } from 'tinyglobby';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { headersOf } from '../../src/scheme/definition.js';
import { presets } from '../../src/scheme/presets/index.js';
import { root } from '../support/cli.js';

test('No file outside scheme/ names a header that belongs to a scheme.', () => {
  const names = Object.values(presets)
    .flatMap(headersOf)
    // Many senders use it, in requests of any kind.
    .filter(name => name !== 'idempotency-key');
  const anyOf = new RegExp(`(?<![\\w-])(?:${names.join('|')})(?![\\w-])`, 'i');
  const files = globSync('src/**/*.ts', { cwd: root, ignore: 'src/scheme/**' });
  const naming = files.filter(file => anyOf.test(readFileSync(path.join(root, file), 'utf8')));
  expect(files.length).toBeGreaterThan(200);
  expect(naming).toEqual([]);
});
