import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../src/library/version.js';
import { root } from '../support/cli.js';
import { files, loadedAtStart, packagesWith, reached, roomOf, targetsOf } from '../support/imports.js';

const withStart = (entry: string): string[] => [...reached(entry, loadedAtStart)];

test('The library reaches neither the command line nor its packages, nor the environment.', () => {
  const names = [...reached('index.ts', targetsOf)];
  const rooms = ['cli', 'commands', 'config', 'contract', 'main.ts'];
  expect(names.filter(name => rooms.includes(roomOf(name)))).toEqual([]);
  expect(names.filter(name => ['commander', 'chalk', '@inquirer/prompts'].includes(name))).toEqual([]);
});

test('Only the entries use the library’s own room.', () => {
  const users = files.filter(
    file => roomOf(file) !== 'library' && targetsOf(file).some(to => roomOf(to) === 'library'),
  );
  expect(users).toEqual(['index.ts']);
});

test('Importing it loads no large package, no server and no client.', () => {
  // It suggests the right name for a misspelt one, in a hundred lines.
  expect(packagesWith('index.ts')).toEqual(['leven']);
  const loaded = withStart('index.ts');
  expect(loaded.filter(name => /^node:(?:http|https|net|tls|worker_threads)$/.test(name))).toEqual([]);
  expect(loaded.filter(name => ['receiver/server.ts', 'sender/http-client.ts'].includes(name))).toEqual([]);
});

test('A receiver loads no HTTP client, and a sender loads no server.', () => {
  expect(withStart('receiver/receiver.ts')).toContain('node:http');
  expect(withStart('receiver/receiver.ts')).not.toContain('undici');
  expect(withStart('sender/http-client.ts')).toContain('undici');
  expect(withStart('sender/http-client.ts')).not.toContain('node:http');
});

test('Its version is the package’s.', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  expect(version).toBe(manifest.version);
});
