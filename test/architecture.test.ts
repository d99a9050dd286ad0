import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const source = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => file.split(path.sep).join('/'))
  .sort();
const texts = new Map(files.map(file => [file, readFileSync(path.join(source, file), 'utf8')]));

interface Import {
  /** A file below `src`, or a package. */
  target: string;
  /** `start`: it is loaded with its user; `later`: a dynamic import; `never`: only a type. */
  loaded: 'start' | 'later' | 'never';
}

const trees = new Map(
  [...texts].map(([file, text]) => [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest)]),
);
const importsOf = new Map(files.map(file => [file, importsIn(file)]));

/** All that a file names, whether it is loaded or not: even a type ties its user to the file that declares it. */
function importsIn(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, loaded: Import['loaded']) => {
    if (specifier && ts.isStringLiteral(specifier)) found.push({ target: resolve(specifier.text, file), loaded });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'never' : 'start');
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'never' : 'start');
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'never');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], 'later');
    ts.forEachChild(node, visit);
  };
  trees.get(file)?.forEachChild(visit);
  return found;
}

function resolve(specifier: string, file: string): string {
  return specifier.startsWith('.')
    ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts')
    : specifier;
}

const targetsOf = (file: string): string[] => (importsOf.get(file) ?? []).map(({ target }) => target);

/** Files and packages that are reached from `entry`, which isn't among them unless something leads back to it. */
function reached(entry: string, next: (name: string) => string[], seen = new Set<string>()): Set<string> {
  for (const name of next(entry)) {
    if (seen.has(name)) continue;
    seen.add(name);
    reached(name, next, seen);
  }
  return seen;
}

const loadedAtStart = (file: string): string[] =>
  (importsOf.get(file) ?? []).filter(({ loaded }) => loaded === 'start').map(({ target }) => target);

/** The packages that are loaded together with `entry`, without Node's own modules. */
const packagesWith = (entry: string): string[] =>
  [...reached(entry, loadedAtStart)].filter(name => !files.includes(name) && !name.startsWith('node:')).sort();

const roomOf = (file: string): string => file.split('/')[0] ?? '';

/** From the top down. A room may use those in later rows, and nothing in its own row but itself. */
const floors = [
  ['main.ts'],
  ['cli'],
  // The second is the library, for programs that use the nouns without a command line.
  ['commands', 'index.ts'],
  ['contract'],
  ['conformance', 'config'],
  ['receiver'],
  ['sender', 'report'],
  ['recording', 'schema'],
  ['scheme', 'event', 'threads', 'file'],
  ['http', 'json', 'text'],
  ['ports.ts'],
  ['errors.ts'],
];

test('Every room has its place in the order.', () => {
  expect(files.map(roomOf).filter(room => !floors.flat().includes(room))).toEqual([]);
});

describe('A file uses only rooms below its own, be it for a type or by a dynamic import:', () => {
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
      .filter(target => target.endsWith('.ts') && !files.includes(target))
      .map(target => `${file} imports ${target}`),
  );
  expect(lost).toEqual([]);
});

test('No file leads back to itself, be it by a type or a dynamic import.', () => {
  expect(files.filter(file => reached(file, targetsOf).has(file))).toEqual([]);
});

test('No room leads back to itself.', () => {
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
    ['event/inspect.ts', ['zod']],
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

test('A configuration without a mistake is read without a parser that knows places in its text.', () => {
  expect(packagesWith('config/file/parse.ts')).not.toContain('@humanwhocodes/momoa');
});

test.runIf(files.includes('index.ts'))('The library reaches neither the command line nor its packages.', () => {
  const names = [...reached('index.ts', targetsOf)];
  expect(names.filter(name => ['cli', 'commands', 'contract', 'main.ts'].includes(roomOf(name)))).toEqual([]);
  expect(names.filter(name => ['commander', 'chalk', '@inquirer/prompts'].includes(name))).toEqual([]);
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
  diff: ['commands'],
  'fast-string-width': ['text'],
  'fast-xml-builder': ['report'],
  'har-format': ['recording'],
  leven: ['text'],
  microdiff: ['commands'],
  tinyglobby: ['commands'],
  undici: ['sender'],
  zod: ['config', 'event', 'recording', 'report', 'scheme'],
};

/** `zod` for `zod/locales`, and `@faker-js/faker` for `@faker-js/faker/locale/en`. */
const packageOf = (target: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;

test('An event is known to its folder and to the catalogue only.', () => {
  const folders = files.flatMap(file => /^event\/([^/]+)\/index\.ts$/.exec(file)?.slice(1) ?? []);
  const users = (folder: string) => files.filter(file => targetsOf(file).includes(`event/${folder}/index.ts`));
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.filter(folder => users(folder).join() !== 'event/catalogue.ts')).toEqual([]);
});

test('Every package is used in its own rooms only.', () => {
  const users = files.flatMap(file =>
    targetsOf(file)
      .filter(target => !target.startsWith('node:') && !target.endsWith('.ts'))
      .filter(target => !packageUsers[packageOf(target)]?.includes(roomOf(file)))
      .map(target => `${file} uses ${target}`),
  );
  expect(users).toEqual([]);
});

test('Only two files use the HTTP client: one opens connections, the other one sends.', () => {
  expect(files.filter(file => targetsOf(file).includes('undici'))).toEqual([
    'sender/undici/connection.ts',
    'sender/undici/connector.ts',
  ]);
});

test('No file outside scheme/ contains a header name of a scheme.', () => {
  const naming = files.filter(file => roomOf(file) !== 'scheme' && /x-fin-signature/i.test(texts.get(file) ?? ''));
  expect(naming).toEqual([]);
});

/** The texts in a file's code, without its comments. */
function textsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  trees.get(file)?.forEachChild(visit);
  return found;
}

test('No noun knows a flag of the command line.', () => {
  // A setting knows the flag that overrides it. The formats write command lines of other programs, and V8 has flags, too.
  const nouns = files.filter(
    file => !/^(?:main\.ts$|cli\/|commands\/|contract\/|config\/|sender\/formats\/)/.test(file),
  );
  const places = nouns.flatMap(file =>
    textsIn(file)
      .filter(text => /(?<![\w-])--(?!liftoff)[a-z]/.test(text))
      .map(text => `${file}: ${text}`),
  );
  expect(places).toEqual([]);
});

test('Commands have less than a third of the lines.', () => {
  const linesOf = (names: readonly string[]) =>
    names.reduce((sum, file) => sum + (texts.get(file) ?? '').split('\n').length - 1, 0);
  expect(linesOf(files.filter(file => roomOf(file) === 'commands')) / linesOf(files)).toBeLessThan(1 / 3);
});

test('No entry of the lock refuses the oldest supported Node.', () => {
  const lock = JSON.parse(readFileSync(path.resolve(source, '../package-lock.json'), 'utf8')) as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  const refusing = Object.entries(lock.packages).filter(
    ([, { engines }]) => engines?.node && !satisfies('20.19.0', engines.node),
  );
  expect(refusing.map(([name]) => name)).toEqual([]);
});
