import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { root } from './support/cli.js';
import { temporaryFolder } from './support/folder.js';

const bin = () => path.join(inject('builtPackage'), 'bin/webhook-cli.js');

test.each([
  [{ HOME: '/home/ada' }, '/home/ada/.cache/webhook-cli'],
  [{ HOME: '/home/ada', XDG_CACHE_HOME: '/cache' }, '/cache/webhook-cli'],
  [{ HOME: '/home/ada', XDG_CACHE_HOME: '' }, '/home/ada/.cache/webhook-cli'],
  // A relative path would lead into the current folder, whatever it is.
  [{ HOME: '/home/ada', XDG_CACHE_HOME: '.cache' }, '/home/ada/.cache/webhook-cli'],
  [{ HOME: '.', XDG_CACHE_HOME: '.cache' }, undefined],
  [{}, undefined],
])('with %j, compiled code is kept only in the user’s own folder: %s', (env, folder) => {
  const preload = path.join(temporaryFolder(), 'cache.cjs');
  writeFileSync(preload, "require('node:module').enableCompileCache = folder => console.error('cache in ' + folder);");
  const { stderr } = spawnSync(process.execPath, ['--require', preload, bin(), '--version'], { encoding: 'utf8', env });
  expect(stderr).toBe(folder === undefined ? '' : `cache in ${folder}\n`);
});

describe('compiled code', () => {
  const verify = ['verify', '--body', path.join(root, 'fixtures/events/approved.json'), '--signature', '5'.repeat(64)];
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const runIn = (home: string, more: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin(), ...verify], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, WEBHOOK_SECRET: 'test_secret', ...more },
    });
    return { status, stdout, stderr };
  };

  test('is kept for the next start, whose output is the same', () => {
    const home = temporaryFolder();
    const first = runIn(home);
    expect(first.status).toBe(1);
    const cache = path.join(home, '.cache/webhook-cli');
    expect(files(cache).length).toBeGreaterThan(10);
    expect(statSync(cache).mode & 0o077).toBe(0);
    const modified = () => files(cache).map(entry => statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
    const before = modified();
    expect(runIn(home)).toEqual(first);
    expect(modified()).toEqual(before);
  });

  test('that is damaged or can’t be kept changes nothing', () => {
    const home = temporaryFolder();
    const first = runIn(home);
    for (const entry of files(path.join(home, '.cache'))) writeFileSync(path.join(entry.parentPath, entry.name), 'x');
    expect(runIn(home)).toEqual(first);

    const full = temporaryFolder();
    writeFileSync(path.join(full, '.cache'), 'a file');
    expect(runIn(full)).toEqual(first);
  });

  test('is not kept if the user turned it off', () => {
    const home = temporaryFolder();
    runIn(home, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(readdirSync(home)).toEqual([]);
  });
});
