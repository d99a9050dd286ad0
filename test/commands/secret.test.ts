import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

test('tells where the development secret is, and not what it is', async () => {
  const homeDirectory = temporaryFolder();
  const file = path.join(homeDirectory, '.config/webhook-cli/development-secret');
  const { exitCode, stdout } = await webhookCli(['secret'], { homeDirectory });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`development secret  64 bytes  ${file}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('--reveal prints the secret alone, for scripts', async () => {
  const homeDirectory = temporaryFolder();
  const { stdout } = await webhookCli(['secret', '--reveal'], { homeDirectory });
  expect(stdout).toBe(readFileSync(path.join(homeDirectory, '.config/webhook-cli/development-secret'), 'utf8'));
});

test('--rotate makes a new one', async () => {
  const homeDirectory = temporaryFolder();
  const reveal = async (...flags: string[]) =>
    (await webhookCli(['secret', '--reveal', ...flags], { homeDirectory })).stdout;
  const first = await reveal();
  const second = await reveal('--rotate');
  expect(second).toMatch(/^[0-9a-f]{64}\n$/);
  expect(second).not.toBe(first);
  expect(await reveal()).toBe(second);
});

test('rotating what isn’t in use says so', async () => {
  const { stdout, stderr } = await webhookCli(['secret', '--rotate', '--json'], {
    homeDirectory: temporaryFolder(),
    env: { WEBHOOK_SECRET: 'test_secret' },
  });
  expect(reportsIn(stdout)).toEqual([{ type: 'secret', origin: 'WEBHOOK_SECRET', bytes: 11, isUsedToSign: true }]);
  expect(reportsIn(stderr)).toEqual([
    { type: 'warning', message: 'the new development secret is not in use: WEBHOOK_SECRET comes first' },
  ]);
});
