import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const root = path.resolve(import.meta.dirname, '../..');

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the contents of the package, freshly built. */
    builtPackage: string;
  }
}

/** Builds into a separate folder for each run, so that two runs at once don't affect each other. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-built-'));
  const shipped = ['bin', 'fixtures', 'schemas', 'package.json'];
  await Promise.all(shipped.map(name => cp(path.join(root, name), path.join(folder, name), { recursive: true })));
  await promisify(execFile)(
    process.execPath,
    [path.join(root, 'node_modules/rolldown/bin/cli.mjs'), '--config', path.join(root, 'rolldown.config.js')],
    { cwd: root, env: { ...process.env, WEBHOOK_CLI_DIST: path.join(folder, 'dist') } },
  );
  project.provide('builtPackage', folder);
  return () => rm(folder, { recursive: true });
}
