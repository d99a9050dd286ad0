import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject, onTestFinished, test } from 'vitest';
import { root } from '../support/cli.js';

const page = readFileSync(path.join(root, 'docs/library.md'), 'utf8');
const blocks = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, block = '']) => block);
const nameOf = (block: string): string | undefined => /^\/\/ (\S+\.test\.ts)\n/.exec(block)?.[1];

const packages = ['vitest', 'express', 'fastify', 'hono', 'light-my-request', 'playwright-core'];

test('Every example on the page passes with only the package and the packages it names.', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-page-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules);
  cpSync(inject('builtPackage'), path.join(modules, 'webhook-cli'), { recursive: true });
  for (const name of packages) symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  const named = blocks.filter(block => nameOf(block) !== undefined);
  for (const block of named) writeFileSync(path.join(folder, nameOf(block) ?? ''), block);
  const line = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter', 'json'];
  const child = spawn(process.execPath, line, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const report = JSON.parse(output) as { testResults: { name: string; status: string; message: string }[] };
  const failed = report.testResults.filter(({ status }) => status !== 'passed');
  expect(failed, errors).toEqual([]);
  expect(report.testResults.map(({ name }) => path.basename(name)).sort()).toEqual(named.map(nameOf).sort());
});

test('The jest example is the one that the package test runs.', () => {
  const others = blocks.filter(block => nameOf(block) === undefined);
  expect(others).toHaveLength(1);
  expect(readFileSync(path.join(root, 'test/acceptance/consumers/jest.ts'), 'utf8')).toContain(others[0]);
});
