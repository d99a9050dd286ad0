import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';
import { describe, expect, test } from 'vitest';

const source = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));

/** What a file loads at once: type imports vanish, dynamic imports wait. */
function imports(file: string): string[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  return [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*? from '([^']+)'/gm)].map(([, specifier = '']) =>
    resolve(specifier, file),
  );
}

/** The same, with types: even a type ties its user to where it is declared. */
function mentions(file: string): string[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom |\bimport\()'([^']+)'/g)].map(([, specifier = '']) => resolve(specifier, file));
}

const resolve = (specifier: string, file: string): string =>
  specifier.startsWith('.') ? path.join(path.dirname(file), specifier).replace(/\.js$/, '.ts') : specifier;

function loadedWith(entry: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(entry)) return loaded;
  loaded.add(entry);
  if (files.includes(entry)) for (const next of imports(entry)) loadedWith(next, loaded);
  return loaded;
}

const roomOf = (file: string): string => file.split('/')[0] ?? '';

/** From the top down. A room may mention those in later rows, and nothing in its own row but itself. */
const floors = [
  ['main.ts'],
  ['cli'],
  ['commands'],
  ['conformance', 'config'],
  ['receiver'],
  ['sender', 'report'],
  ['recording'],
  ['scheme', 'event', 'threads', 'file'],
  ['http', 'json', 'text'],
  ['ports.ts'],
  ['errors.ts'],
];

test('every folder has its place in the order', () => {
  const rooms = new Set(files.map(roomOf));
  expect([...rooms].sort()).toEqual(floors.flat().sort());
});

describe.each(files)('%s', file => {
  const room = roomOf(file);
  const others = mentions(file).filter(name => files.includes(name) && roomOf(name) !== room);
  test('looks down, never up', () => {
    const allowed = floors.slice(floors.findIndex(floor => floor.includes(room)) + 1).flat();
    expect(others.filter(name => !allowed.includes(roomOf(name)))).toEqual([]);
  });
});

test('no file leads back to itself, not even by a type or a dynamic import', () => {
  const reachableFrom = (file: string, seen = new Set<string>()): Set<string> => {
    for (const next of mentions(file).filter(name => files.includes(name) && !seen.has(name))) {
      seen.add(next);
      reachableFrom(next, seen);
    }
    return seen;
  };
  expect(files.filter(file => reachableFrom(file).has(file))).toEqual([]);
});

test.each([
  ['main.ts', []],
  ['cli/argv/parse.ts', ['commander']],
  ['commands/definitions.ts', []],
])('of packages, %s waits for %j alone', (entry, packages) => {
  const loaded = [...loadedWith(entry)].filter(name => !files.includes(name) && !name.startsWith('node:'));
  expect(loaded).toEqual(packages);
});

test.each<[string, string[]]>([
  ['event/catalogue.ts', []],
  ['event/maker.ts', []],
  ['event/summary.ts', []],
  ['event/inspect.ts', ['zod']],
])('%s waits for %j and for no made-up data', (entry, packages) => {
  expect([...loadedWith(entry)].filter(name => !files.includes(name))).toEqual(packages);
});

test('an event is known to its folder and the catalogue alone', () => {
  const folders = files.flatMap(file => /^event\/([^/]+)\/index\.ts$/.exec(file)?.slice(1) ?? []);
  const users = (folder: string) => files.filter(file => mentions(file).includes(`event/${folder}/index.ts`));
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.filter(folder => users(folder).join() !== 'event/catalogue.ts')).toEqual([]);
});

test.each(['send', 'listen', 'verify', 'generate', 'schema'])('%s starts without faker', name => {
  expect([...loadedWith(`commands/${name}/run.ts`)].filter(loaded => loaded.includes('faker'))).toEqual([]);
});

test.each([
  ['undici', ['sender']],
  ['chalk', ['cli']],
  ['commander', ['cli', 'commands']],
  ['zod', ['config', 'event', 'recording']],
  ['@humanwhocodes/momoa', ['json']],
  ['@inquirer/prompts', ['cli']],
])('%s is known to %s alone', (name, rooms) => {
  const users = files.filter(file => mentions(file).includes(name)).map(roomOf);
  expect([...new Set(users)].sort()).toEqual(rooms);
});

test('settings and questions cost nothing until there is a file or somebody to ask', () => {
  const entries = ['main.ts', 'config/configuration.ts', 'config/resolve.ts', 'config/secrets.ts'];
  const packages = entries.flatMap(entry => [...loadedWith(entry)]).filter(name => !files.includes(name));
  expect(packages.filter(name => !name.startsWith('node:') && name !== 'commander')).toEqual([]);
});

test('a configuration without a mistake is read without looking for places in its text', () => {
  expect([...loadedWith('config/file/parse.ts')].filter(name => name.startsWith('@'))).toEqual([]);
});

test('only one file sends requests', () => {
  expect(files.filter(file => mentions(file).includes('undici'))).toEqual(['sender/undici.ts']);
});

test('no lock entry refuses the oldest supported Node', () => {
  const lock = JSON.parse(readFileSync(path.resolve(source, '../package-lock.json'), 'utf8')) as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  const refusing = Object.entries(lock.packages).filter(
    ([, { engines }]) => engines?.node && !satisfies('20.19.0', engines.node),
  );
  expect(refusing.map(([name]) => name)).toEqual([]);
});
