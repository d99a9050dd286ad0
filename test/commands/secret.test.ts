import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

test('shows where the development secret is, but not its value', async () => {
  const homeDirectory = temporaryFolder();
  const file = path.join(homeDirectory, '.config/webhook-cli/development-secret');
  const { exitCode, stdout } = await webhookCli(['secret'], { homeDirectory });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`development secret  64 bytes  ${file}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('--reveal prints only the secret, for scripts', async () => {
  const homeDirectory = temporaryFolder();
  const { stdout } = await webhookCli(['secret', '--reveal'], { homeDirectory });
  expect(stdout).toBe(readFileSync(path.join(homeDirectory, '.config/webhook-cli/development-secret'), 'utf8'));
});

test('--rotate creates a new one', async () => {
  const homeDirectory = temporaryFolder();
  const reveal = async (...flags: string[]) =>
    (await webhookCli(['secret', '--reveal', ...flags], { homeDirectory })).stdout;
  const first = await reveal();
  const second = await reveal('--rotate');
  expect(second).toMatch(/^[0-9a-f]{64}\n$/);
  expect(second).not.toBe(first);
  expect(await reveal()).toBe(second);
});

test('--reveal --json has it byte for byte, and --rotate says that it’s new', async () => {
  const homeDirectory = temporaryFolder();
  const { stdout } = await webhookCli(['secret', '--reveal', '--rotate', '--json'], { homeDirectory });
  const file = path.join(homeDirectory, '.config/webhook-cli/development-secret');
  const secretBase64 = Buffer.from(readFileSync(file, 'utf8').trim()).toString('base64');
  expect(reportsIn(stdout)).toEqual([
    { type: 'secret', origin: 'development secret', file, bytes: 64, isUsedToSign: true, isNew: true, secretBase64 },
  ]);
});

test('reveals a secret beyond ASCII byte for byte', async () => {
  const file = path.join(temporaryFolder(), 'secret');
  const secret = Buffer.from('zoë');
  writeFileSync(file, secret, { mode: 0o600 });
  const { stdout } = await webhookCli(['secret', '--reveal', '--json', '--secret-file', file]);
  expect(reportsIn(stdout)).toMatchObject([{ bytes: 4, secretBase64: secret.toString('base64') }]);
});

test('says in words that a secret is new', async () => {
  const { stdout } = await webhookCli(['secret', '--rotate'], { homeDirectory: temporaryFolder() });
  expect(stdout).toMatch(/^development secret {2}new, 64 bytes {2}\//);
});

test('marks secrets that only verify', async () => {
  const file = path.join(temporaryFolder(), 'secrets');
  writeFileSync(file, 'new\nold\n', { mode: 0o600 });
  const { stdout } = await webhookCli(['secret', '--secret-file', file]);
  expect(stdout).toBe(`${file} (line 1)  3 bytes\n${file} (line 2)  3 bytes, to verify only\n`);
});

test('says so when rotating a secret that isn’t in use', async () => {
  const { stdout, stderr } = await webhookCli(['secret', '--rotate', '--json'], {
    homeDirectory: temporaryFolder(),
    env: { WEBHOOK_SECRET: 'test_secret' },
  });
  expect(reportsIn(stdout)).toEqual([{ type: 'secret', origin: 'WEBHOOK_SECRET', bytes: 11, isUsedToSign: true }]);
  expect(reportsIn(stderr)).toEqual([
    { type: 'warning', message: 'the new development secret is not in use: WEBHOOK_SECRET takes precedence' },
  ]);
});
