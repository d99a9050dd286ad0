import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';
import { root } from '../support/cli.js';

const run = promisify(execFile);
const installed = inject('builtPackage');
const sources = path.join(import.meta.dirname, 'consumers');

/** The folder of a user who has installed the package and these others, and nothing else. */
async function consumer(files: readonly string[], packages: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-consumer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const modules = path.join(folder, 'node_modules');
  await cp(installed, path.join(modules, 'webhook-cli'), { recursive: true });
  for (const name of packages) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
  }
  for (const file of files) await cp(path.join(sources, file), path.join(folder, file));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

/** The compiler's output; empty if there are no errors. */
async function compiled(folder: string, options: Readonly<Record<string, unknown>>, files: string[]): Promise<string> {
  const usual = { target: 'es2022', strict: true, skipLibCheck: false, types: ['node'], rootDir: '.', outDir: 'out' };
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...usual, ...options }, files }),
  );
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  return run(process.execPath, [compiler, '--project', folder]).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

/** Declarations of other packages contain mistakes. */
const ours = (output: string): string[] =>
  output.split('\n').filter(line => /node_modules\/webhook-cli\/|(?:vitest\.test|jest)\.ts\(/.test(line));

const outputOf = async (folder: string, line: readonly string[]): Promise<string> =>
  (await run(process.execPath, line, { cwd: folder })).stdout;

const results = 'true,2,500,2,true,true,true,usage\n';

test.each([
  ['nodenext', { module: 'nodenext' }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom', 'dom.iterable'] }],
])('A program compiles with module resolution %s, with every declaration checked, and runs.', async (_, options) => {
  const folder = await consumer(['main.ts'], ['@types/node', 'undici-types']);
  expect(await compiled(folder, options, ['main.ts'])).toBe('');
  expect(await outputOf(folder, ['out/main.js'])).toBe(results);
});

test('CommonJS can require it.', async () => {
  const folder = await consumer(['main.ts'], ['@types/node', 'undici-types']);
  await writeFile(path.join(folder, 'package.json'), '{}');
  await writeFile(
    path.join(folder, 'required.cjs'),
    "const { sign } = require('webhook-cli'); console.log(typeof sign({}, { secret: 'k7Qz2mVx9LpT' }).headers);",
  );
  expect(await compiled(folder, { module: 'nodenext' }, ['main.ts'])).toBe('');
  expect(await outputOf(folder, ['out/main.js'])).toBe(results);
  expect(await outputOf(folder, ['required.cjs'])).toBe('object\n');
});

test('vitest has the matchers and their types.', async () => {
  const folder = await consumer(['vitest.test.ts'], ['@types/node', 'vitest']);
  const lib = ['es2022', 'esnext.disposable', 'dom'];
  expect(ours(await compiled(folder, { module: 'nodenext', lib, noEmit: true }, ['vitest.test.ts']))).toEqual([]);
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  expect(await outputOf(folder, [vitest, 'run', '--root', folder, '--dir', folder])).toMatch(/Tests .*1 passed/);
});

test('jest’s expect has the matchers and their types.', async () => {
  const folder = await consumer(['jest.ts'], ['@types/node', 'expect']);
  expect(ours(await compiled(folder, { module: 'nodenext' }, ['jest.ts']))).toEqual([]);
  expect(await outputOf(folder, ['out/jest.js'])).toBe('matched\n');
});

test('The public types match the report, and include none from another package.', async () => {
  const types = await readFile(path.join(installed, 'dist/library/index.d.ts'), 'utf8');
  expect([...types.matchAll(/^import .*|from ['"].*/gm)].map(([line]) => line)).toEqual([]);
  await expect(types).toMatchFileSnapshot('../library/api.txt');
  expect(await readFile(path.join(installed, 'dist/library/vitest.d.ts'), 'utf8')).toContain("declare module 'vitest'");
});
