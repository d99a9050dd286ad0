import { readFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import {
  files,
  loadedAtStart,
  packagesWith,
  reached,
  roomOf,
  source,
  targetsOf,
  texts,
  trees,
} from './support/imports.js';

/** From top to bottom. A room may use the rooms in later rows, but no other room in its own row. */
const floors = [
  ['main.ts'],
  ['cli'],
  // The others are the library's entries, for programs that use the nouns without a command line.
  ['commands', 'vitest.ts'],
  ['index.ts'],
  ['contract', 'library'],
  ['conformance', 'config', 'page'],
  ['receiver'],
  ['exchange', 'sender', 'report'],
  ['recording', 'schema'],
  ['scheme', 'event', 'threads', 'file'],
  ['http', 'json', 'text'],
  ['ports.ts'],
  ['errors.ts'],
];

test('Every room has a place in the order.', () => {
  expect(files.map(roomOf).filter(room => !floors.flat().includes(room))).toEqual([]);
});

describe('A file uses only rooms below its own, including types and dynamic imports:', () => {
  test.each(files)('%s', file => {
    const room = roomOf(file);
    const allowed = floors.slice(floors.findIndex(floor => floor.includes(room)) + 1).flat();
    const others = targetsOf(file).filter(target => files.includes(target) && roomOf(target) !== room);
    expect(others.filter(target => !allowed.includes(roomOf(target)))).toEqual([]);
  });
});

test('Every relative import leads to a file.', () => {
  const lost = files.flatMap(file =>
    targetsOf(file)
      .filter(target => /\.tsx?$/.test(target) && !files.includes(target))
      .map(target => `${file} imports ${target}`),
  );
  expect(lost).toEqual([]);
});

test('No file imports itself, even through types and dynamic imports.', () => {
  expect(files.filter(file => reached(file, targetsOf).has(file))).toEqual([]);
});

test('No room depends on itself.', () => {
  const neighboursOf = (room: string) =>
    files
      .filter(file => roomOf(file) === room)
      .flatMap(targetsOf)
      .filter(target => files.includes(target))
      .map(roomOf)
      .filter(other => other !== room);
  const rooms = [...new Set(files.map(roomOf))];
  expect(rooms.filter(room => reached(room, neighboursOf).has(room))).toEqual([]);
});

describe('An entry loads no more packages at its start than it needs:', () => {
  test.each<[string, string[]]>([
    ['main.ts', []],
    ['cli/argv/parse.ts', ['commander']],
    ['commands/definitions.ts', []],
    ['event/catalogue.ts', []],
    ['event/maker.ts', []],
    ['event/summary.ts', []],
    ['event/inspect.ts', ['zod/mini']],
    ['config/configuration.ts', []],
    ['config/resolve.ts', []],
    ['config/settings.ts', []],
    ['config/secrets.ts', []],
    ['scheme/schemes.ts', []],
    ['scheme/presets/index.ts', []],
  ])('%s loads %j', (entry, packages) => {
    expect(files).toContain(entry);
    expect(packagesWith(entry)).toEqual(packages);
  });
});

test.each(['send', 'listen', 'verify', 'generate', 'schema'])('The command %s starts without faker.', name => {
  expect(packagesWith(`commands/${name}/run.ts`).map(packageOf)).not.toContain('@faker-js/faker');
});

test.each(['exchange/difference.ts', 'page/client/main.tsx'])('%s can run in a browser.', entry => {
  const all = [...reached(entry, loadedAtStart)];
  expect(all).toContain('json/parse.ts');
  expect(all.filter(name => name.startsWith('node:'))).toEqual([]);
  expect(all.filter(file => /\bBuffer\b|\bprocess\./.test(texts.get(file) ?? ''))).toEqual([]);
});

test('The page doesn’t create elements from text, evaluate text or store anything.', () => {
  const ours = [...reached('page/client/main.tsx', loadedAtStart)].filter(file => files.includes(file));
  expect(ours).toContain('page/client/foreign.tsx');
  expect(
    ours.filter(file => /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/i.test(codeIn(file))),
  ).toEqual([]);
  expect(ours.filter(file => /\b(?:localStorage|sessionStorage|indexedDB|caches)\b/.test(codeIn(file)))).toEqual([]);
});

/** A file without its comments. */
const codeIn = (file: string): string => (texts.get(file) ?? '').replaceAll(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '');

test('The server of the page and the page share types but no code.', () => {
  const servers = files.filter(file => /^page\/[^/]+$/.test(file));
  expect(servers).toContain('page/server.ts');
  expect(servers.flatMap(targetsOf).filter(target => target.startsWith('page/client/'))).toEqual([]);
  const clients = files.filter(file => file.startsWith('page/client/'));
  const used = clients.flatMap(loadedAtStart).filter(target => /^page\/[^/]+$/.test(target));
  expect(used).toEqual([]);
});

test('A valid configuration is read without loading the parser that locates mistakes.', () => {
  expect(packagesWith('config/file/parse.ts')).not.toContain('@humanwhocodes/momoa');
});

/** The rooms that may use each package. */
const packageUsers: Readonly<Record<string, readonly string[]>> = {
  '@faker-js/faker': ['event'],
  '@humanwhocodes/momoa': ['json'],
  '@inquirer/prompts': ['cli'],
  ajv: ['schema'],
  'ajv-formats': ['schema'],
  chalk: ['cli'],
  commander: ['cli', 'commands', 'contract'],
  diff: ['exchange', 'page'],
  'fast-string-width': ['text'],
  'fast-xml-builder': ['report'],
  'har-format': ['recording'],
  leven: ['text'],
  microdiff: ['exchange'],
  preact: ['report', 'page'],
  'preact-render-to-string': ['report'],
  tinyglobby: ['commands'],
  undici: ['sender'],
  vitest: ['vitest.ts'],
  zod: ['config', 'event', 'json', 'recording', 'report', 'scheme'],
};

/** `zod` for `zod/locales`, and `@faker-js/faker` for `@faker-js/faker/locale/en`. */
const packageOf = (target: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;

test('Only its own folder and the catalogue know an event.', () => {
  const folders = files.flatMap(file => /^event\/([^/]+)\/index\.ts$/.exec(file)?.slice(1) ?? []);
  const users = (folder: string) => files.filter(file => targetsOf(file).includes(`event/${folder}/index.ts`));
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.filter(folder => users(folder).join() !== 'event/catalogue.ts')).toEqual([]);
});

test('Every package is used only in its own rooms.', () => {
  const users = files.flatMap(file =>
    targetsOf(file)
      .filter(target => !target.startsWith('node:') && !/\.tsx?$/.test(target))
      .filter(target => !packageUsers[packageOf(target)]?.includes(roomOf(file)))
      .map(target => `${file} uses ${target}`),
  );
  expect(users).toEqual([]);
});

test('Only two files use the HTTP client: one opens connections and one sends.', () => {
  expect(files.filter(file => targetsOf(file).includes('undici'))).toEqual([
    'sender/undici/connection.ts',
    'sender/undici/connector.ts',
  ]);
});

/** The strings in a file's code, without its comments. */
function textsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  trees.get(file)?.forEachChild(visit);
  return found;
}

test('No noun knows the flags of the command line.', () => {
  // A setting knows the flag that overrides it. The formats write command lines for other programs, V8 has flags, too,
  // and the properties of a stylesheet look like flags.
  const nouns = files.filter(
    file =>
      !/^(?:main\.ts$|cli\/|commands\/|contract\/|config\/|sender\/formats\/|report\/html\/style\.ts$|page\/client\/)/.test(
        file,
      ),
  );
  const places = nouns.flatMap(file =>
    textsIn(file)
      .filter(text => /(?<![\w-])--(?!liftoff)[a-z]/.test(text))
      .map(text => `${file}: ${text}`),
  );
  expect(places).toEqual([]);
});

test('Commands make up less than a third of all lines.', () => {
  const linesOf = (names: readonly string[]) =>
    names.reduce((sum, file) => sum + (texts.get(file) ?? '').split('\n').length - 1, 0);
  expect(linesOf(files.filter(file => roomOf(file) === 'commands')) / linesOf(files)).toBeLessThan(1 / 3);
});

test('No package in the lock file refuses the oldest supported Node.', () => {
  const lock = JSON.parse(readFileSync(path.resolve(source, '../package-lock.json'), 'utf8')) as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  const refusing = Object.entries(lock.packages).filter(
    ([, { engines }]) => engines?.node && !satisfies('20.19.0', engines.node),
  );
  expect(refusing.map(([name]) => name)).toEqual([]);
});
