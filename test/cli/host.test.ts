import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { systemHost } from '../../src/cli/host.js';
import { root } from '../support/cli.js';

test('randomBytes returns the requested length, and different bytes each time', () => {
  const { randomBytes } = systemHost(process, { packageRoot: pathToFileURL(root), version: '0.0.0' });
  const sizes = [...Array.from({ length: 1000 }, () => 16), 5000, 16, 4096, 16];
  const taken = sizes.map(size => randomBytes(size));
  expect(taken.map(({ length }) => length)).toEqual(sizes);
  const starts = taken.map(bytes => Buffer.from(bytes.subarray(0, 16)).toString('hex'));
  expect(new Set(starts).size).toBe(sizes.length);
  expect(new Set(taken.map(({ buffer }) => buffer)).size).toBe(sizes.length);
});
