import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { root } from './support/cli.js';
import { temporaryFolder } from './support/folder.js';

const bin = () => path.join(inject('builtPackage'), 'bin/webhook-cli.js');

test.each([
  [{ HOME: 'home' }, 'home/.cache'],
  [{ HOME: 'home', XDG_CACHE_HOME: 'cache' }, 'cache'],
  [{ HOME: 'home', XDG_CACHE_HOME: '' }, 'home/.cache'],
])('with %j, compiled code is kept below %s', (places, folder) => {
  const root = temporaryFolder();
  const absolute = Object.entries(places).map(([name, value]) => [name, value && path.join(root, value)]);
  const env = Object.fromEntries(absolute) as NodeJS.ProcessEnv;
  spawnSync(process.execPath, [bin(), '--version'], { env });
  expect(readdirSync(path.join(root, folder))).toEqual(['webhook-cli']);
});

// A relative path would lead into the current folder, whatever it is.
test.each([[{ HOME: '.', XDG_CACHE_HOME: '.cache' }], [{}]])('with %j, no compiled code is kept', env => {
  const cwd = temporaryFolder();
  spawnSync(process.execPath, [bin(), '--version'], { cwd, env });
  expect(readdirSync(cwd)).toEqual([]);
});

test('a relative cache folder is ignored', () => {
  const [cwd, home] = [temporaryFolder(), temporaryFolder()];
  spawnSync(process.execPath, [bin(), '--version'], { cwd, env: { HOME: home, XDG_CACHE_HOME: '.cache' } });
  expect([readdirSync(cwd), readdirSync(home)]).toEqual([[], ['.cache']]);
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
    expect(files(cache).length).toBeGreaterThan(5);
    expect(statSync(cache).mode & 0o077).toBe(0);
    const modified = () => files(cache).map(entry => statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
    const before = modified();
    expect(runIn(home)).toEqual(first);
    expect(modified()).toEqual(before);
  });

  test('grows by what another command calls, once', () => {
    const home = temporaryFolder();
    const cache = path.join(home, '.cache/webhook-cli');
    const sizes = () =>
      new Map(files(cache).map(({ parentPath, name }) => [name, statSync(path.join(parentPath, name)).size]));
    spawnSync(process.execPath, [bin(), 'send', '--help'], { env: { HOME: home } });
    const before = sizes();
    runIn(home);
    const after = sizes();
    expect([...before].filter(([name, size]) => after.get(name)! > size)).not.toEqual([]);
    expect([...before].filter(([name, size]) => after.get(name)! < size)).toEqual([]);
    runIn(home);
    spawnSync(process.execPath, [bin(), 'send', '--help'], { env: { HOME: home } });
    expect(sizes()).toEqual(after);
  });

  test('that is damaged or can’t be kept changes nothing', () => {
    const home = temporaryFolder();
    const first = runIn(home);
    for (const entry of files(path.join(home, '.cache'))) writeFileSync(path.join(entry.parentPath, entry.name), 'x');
    expect(runIn(home)).toEqual(first);
    // It is replaced.
    expect(
      files(path.join(home, '.cache')).map(({ parentPath, name }) => statSync(path.join(parentPath, name)).size),
    ).not.toContain(1);

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
