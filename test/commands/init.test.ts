import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, webhookCli, type Run } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const name = 'webhook-cli.config.json';

function project(below = '.', env: Record<string, string> = {}) {
  const cwd = path.join(temporaryFolder(), below);
  mkdirSync(cwd, { recursive: true });
  return {
    folder: cwd,
    run: (line: string): Promise<Run> => webhookCli(['init', ...line.split(' ').filter(Boolean)], { cwd, env }),
    read: (file = name) => readFileSync(path.join(cwd, file), 'utf8'),
    write: (file: string, text: string): void => {
      writeFileSync(path.join(cwd, file), text);
    },
    make: (folder: string): void => {
      mkdirSync(path.join(cwd, folder));
    },
    has: (file: string) => existsSync(path.join(cwd, file)),
    modeOf: (file: string) => statSync(path.join(cwd, file)).mode & 0o777,
  };
}

test.each(['', '--url http://localhost:1/', '--secret-from development'])(
  'without a terminal, "init %s" names the flags and writes nothing',
  async line => {
    const { run, has } = project();
    const { exitCode, stderr } = await run(line);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/no terminal.*\n.*--url and --secret-from.*--yes/);
    expect(has(name)).toBe(false);
  },
);

test.each<[line: string, content: object]>([
  ['--yes', { url: 'http://127.0.0.1:4665/' }],
  ['--yes --url https://example.com/x', { url: 'https://example.com/x', secretEnv: 'WEBHOOK_SECRET' }],
  ['--url http://localhost:1 --secret-env MINE', { url: 'http://localhost:1/', secretEnv: 'MINE' }],
  ['--url http://localhost:1 --secret-file a/mine', { url: 'http://localhost:1/', secretFile: 'a/mine' }],
  ['--yes --profile p', { profiles: { p: { url: 'http://127.0.0.1:4665/' } } }],
])('init %s', async (line, content) => {
  const { run, read } = project();
  expect(await run(line)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(read())).toEqual(content);
});

test.each([
  ['--url https://example.com --secret-from development', 'the development secret is for this machine only'],
  ['--yes --secret-from variable --secret-file x', '--secret-file and --secret-from variable were given together'],
  ['--yes --secret-env A --secret-file x', '--secret-env and --secret-file were given together'],
  ['--yes --secret-from file', '--secret-from file needs --secret-file'],
  ['--yes --secret-env hunter-2', "--secret-env: the value isn't the name of a variable"],
  ['--yes --secret-file -', '--secret-file: only a flag can name standard input'],
])('init %s is a contradiction', async (line, message) => {
  const { run, has } = project();
  const { exitCode, stderr } = await run(line);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('hunter');
  expect(has(name)).toBe(false);
});

test('overwrites only with --force; adding another profile doesn’t need it', async () => {
  const { run, read } = project();
  await run('--yes');
  expect(await run('--yes --url http://localhost:1/')).toMatchObject({ exitCode: 2 });
  expect(await run('--yes --profile p --url http://localhost:2/')).toMatchObject({ exitCode: 0 });
  expect(await run('--yes --profile p --url http://localhost:3/')).toMatchObject({ exitCode: 2 });
  expect(JSON.parse(read())).toEqual({
    url: 'http://127.0.0.1:4665/',
    profiles: { p: { url: 'http://localhost:2/' } },
  });
  expect(await run('--yes --force --url http://localhost:1/')).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(read())).toEqual({ url: 'http://localhost:1/' });
});

test('makes .env readable by its owner only, has git ignore it, and keeps an existing one', async () => {
  const { run, read, write, make, modeOf } = project();
  make('.git');
  write('.gitignore', 'node_modules');
  const { stdout } = await run('--json --yes --secret-from dotenv');
  expect(reportsIn(stdout)).toEqual([
    {
      ...{ type: 'init', written: [name, '.env'], ignored: '.env', todo: 'put WEBHOOK_SECRET in .env' },
      next: ['webhook-cli config', 'webhook-cli send --status APPROVED'],
    },
  ]);
  expect([read('.gitignore'), modeOf('.env')]).toEqual(['node_modules\n.env\n', 0o600]);
  expect(JSON.parse(read())).toMatchObject({ dotenv: '.env', secretEnv: 'WEBHOOK_SECRET' });
  write('.env', 'WEBHOOK_SECRET=mine');
  const again = await run('--json --yes --secret-from dotenv --force');
  expect(reportsIn(again.stdout)).toMatchObject([{ written: [name] }]);
  expect([read('.gitignore'), read('.env')]).toEqual(['node_modules\n.env\n', 'WEBHOOK_SECRET=mine']);
});

test.each<[line: string, todo: string | undefined]>([
  ['--secret-from development', undefined],
  ['--secret-env MINE', undefined],
  ['--secret-env OTHER', 'set OTHER, the variable that holds the secret'],
  ['--secret-file there', undefined],
  ['--secret-file missing', 'put the secret in missing'],
  ['--secret-from dotenv', 'put WEBHOOK_SECRET in .env'],
  ['--secret-from dotenv --dotenv full.env', undefined],
])('%s leaves this step to you: %s', async (line, todo) => {
  const { run, write } = project('.', { MINE: 'mine' });
  write('there', 'mine');
  write('full.env', "WEBHOOK_SECRET='mine'");
  const { stdout } = await run(`--json --url http://localhost:1 ${line}`);
  expect(reportsIn(stdout)).toHaveLength(1);
  expect(reportsIn(stdout)[0]?.['todo']).toBe(todo);
});

test.each([
  ['.env', undefined],
  ['/.env', '.env'],
])('respects a .gitignore in a parent folder of the repository: %s', async (line, ignored) => {
  const { run, write, make } = project('packages/app');
  make('../../.git');
  write('../../.gitignore', line);
  const { stdout } = await run('--json --yes --secret-from dotenv');
  expect(reportsIn(stdout)[0]?.['ignored']).toBe(ignored);
});

test.each(['there', 'missing'])('leaves a .gitignore that is a link alone, and its target, too: %s', async target => {
  const { run, read, make, has, folder } = project('app');
  make('../.git');
  const outside = path.join(folder, '..', 'outside');
  if (target === 'there') writeFileSync(outside, 'precious');
  symlinkSync('../outside', path.join(folder, '.gitignore'));
  const { exitCode, stderr } = await run('--yes --secret-from dotenv');
  expect(exitCode).toBe(74);
  expect(stderr).toContain("/.gitignore: it's a link (ELOOP)");
  expect(stderr).toContain('add .env to the file it links to, and pass --no-gitignore');
  expect(existsSync(outside) && readFileSync(outside, 'utf8')).toBe(target === 'there' && 'precious');
  expect([has('.env'), has(name)]).toEqual([false, false]);
  expect(await run('--yes --secret-from dotenv --no-gitignore')).toMatchObject({ exitCode: 0 });
  expect(read('.env')).toContain('WEBHOOK_SECRET=');
});

test.each(['.env', '.gitignore', name])('doesn’t wait for a pipe instead of %s', async file => {
  const { run, make, folder } = project();
  make('.git');
  execFileSync('mkfifo', [path.join(folder, file)]);
  const { exitCode, stderr } = await run('--yes --secret-from dotenv');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 74,
    stderr: `error: ${path.join(folder, file)} isn't a file\nhint: move it away\n`,
  });
});

test('writes what the other commands read', async () => {
  const cwd = temporaryFolder();
  await webhookCli(['init', '--yes', '--url', 'http://127.0.0.1:1/'], { cwd });
  expect(await webhookCli(['send', '-s', 'APPROVED', '--unsigned'], { cwd })).toMatchObject({ exitCode: 69 });
});
