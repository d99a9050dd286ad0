import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

/** Packs the project and installs the tarball into an empty folder, like a user who has nothing else of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-installed-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  // The build's own output comes before it.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }];
  const line = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, path.join(folder, filename)];
  await run('npm', line, { cwd: folder });
  const packages = await readdir(path.join(folder, 'node_modules'));
  const others = packages.filter(name => !name.startsWith('.') && name !== 'webhook-cli');
  if (others.length > 0) throw new Error(`The tarball brought other packages along: ${others.join(', ')}`);
  project.provide('builtPackage', path.join(folder, 'node_modules/webhook-cli'));
  return () => rm(folder, { recursive: true });
}
