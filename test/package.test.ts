import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { root } from './support/cli.js';
import { pages } from './support/documents.js';
import { loadedBy } from './support/loaded.js';

const dist = () => path.join(inject('builtPackage'), 'dist');
const licences = () => readFileSync(path.join(dist(), 'THIRD-PARTY-LICENSES.txt'), 'utf8');
const scripts = () => readdirSync(dist()).filter(file => file.endsWith('.cjs'));

const sizeOf = (file: string) => statSync(path.join(dist(), file)).size;

test('its JavaScript is small, and the part that every start loads is far smaller', () => {
  expect(scripts().reduce((sum, file) => sum + sizeOf(file), 0)).toBeLessThanOrEqual(1_600_000);
  const loaded = (flag: string) => loadedBy([flag], root).files.reduce((sum, file) => sum + sizeOf(file), 0);
  expect(loaded('--version')).toBeGreaterThan(5_000);
  expect(loaded('--version')).toBeLessThanOrEqual(15_000);
  expect(loaded('--help')).toBeLessThanOrEqual(80_000);
});

test('the library is small, and its entry far smaller', () => {
  const folder = path.join(dist(), 'library');
  const modules = readdirSync(folder).filter(file => file.endsWith('.js'));
  expect(statSync(path.join(folder, 'index.js')).size).toBeLessThanOrEqual(90_000);
  expect(modules.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0)).toBeLessThanOrEqual(1_350_000);
  expect(readFileSync(path.join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toMatch(/^undici \d/m);
  const imported = modules.flatMap(file =>
    [
      ...readFileSync(path.join(folder, file), 'utf8').matchAll(
        /\b(?:import|export)\b[^'"`();]*\bfrom[`'"]([^`'"]+)[`'"]/g,
      ),
    ].map(([, name = '']) => name),
  );
  expect(new Set(imported.filter(name => !/^(?:\.\/|node:)/.test(name) && !isBuiltin(name)))).toEqual(
    new Set(['vitest']),
  );
});

test('the page is small, loads nothing from elsewhere, and lists what it contains', () => {
  const read = (file: string) => readFileSync(path.join(dist(), 'page', file), 'utf8');
  expect(sizeOf('page/page.js') + sizeOf('page/page.css')).toBeLessThanOrEqual(60_000);
  expect(read('page.js')).not.toMatch(/\bimport\b|\beval\(|https?:\/\/(?!www\.w3\.org\/)/);
  expect(read('page.css')).not.toMatch(/url\(|@import/);
  expect(read('index.html')).not.toMatch(/https?:|style=|\son\w+=/);
  for (const name of ['microdiff', 'preact'])
    expect(read('THIRD-PARTY-LICENSES.txt')).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, \\S+$`, 'm'));
});

test('all bundled packages are listed with their licences, and only Node itself is imported', () => {
  const code = scripts().map(file => readFileSync(path.join(dist(), file), 'utf8'));
  const imported = code
    // Right after a quotation mark, it's a string: ajv can write standalone programs.
    .flatMap(text => [...text.matchAll(/(?<!['"`])\brequire\([`'"]([^`'"]+)[`'"]\)/g)])
    .map(([, name = '']) => name);
  expect(imported.filter(name => !/^(?:\.\/|node:)/.test(name) && !isBuiltin(name))).toEqual([]);
  for (const name of [
    'commander',
    'undici',
    'zod',
    'chalk',
    '@faker-js/faker',
    '@inquirer/core',
    'leven',
    'ajv',
    'fast-uri',
  ]) {
    expect(licences()).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, \\S+$`, 'm'));
  }
});

test('each licence is included as text, and so is that of code compiled into a package', () => {
  expect(licences()).not.toMatch(/spdx\.org/);
  expect(licences()).toMatch(/^@humanwhocodes\/momoa .*, Apache-2\.0\n\n *Apache License\n +Version 2\.0/m);
  expect(licences()).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
  expect(licences()).toMatch(/^llhttp, MIT$[\s\S]*Fedor Indutny[\s\S]*Permission is hereby granted/m);
});

test('installing the package runs no script', () => {
  const { scripts: named } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object };
  // npm warns about each of these.
  expect(Object.keys(named).filter(name => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual([]);
});

test('contains only what is needed', () => {
  // A checkout that was never built has no dist; its contents are tested above.
  const line = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [packed] = JSON.parse(execFileSync('npm', line, { cwd: root, encoding: 'utf8' })) as [
    { files: { path: string }[] },
  ];
  const places = packed.files.map(({ path: file }) => (/^(?:dist|fixtures\/events|schemas)\//.exec(file) ?? [file])[0]);
  const always = [
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'bin/code-cache.js',
    'bin/compile-cache.js',
    'bin/package.json',
    'bin/webhook-cli.js',
    'bin/worker.js',
    ...pages.filter(page => page.startsWith('docs/')),
    'fixtures/events/',
    'package.json',
    'schemas/',
  ];
  expect([...new Set(places)].filter(place => place !== 'dist/').sort()).toEqual(always);
});
