import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';
import { startAction } from './action.js';

/** It installs everything needed to build the command. */
const minutes = 60_000;

test(
  'a checkout of the action builds the command and checks a receiver with it',
  { timeout: 8 * minutes },
  async () => {
    const checkout = temporaryFolder();
    execFileSync('git', ['clone', '--quiet', root, checkout]);
    expect(existsSync(path.join(checkout, 'dist'))).toBe(false);
    const { url } = await startReceiver();
    // A job may set this for its application.
    const env = { GITHUB_ACTION_PATH: checkout, WEBHOOK_CLI: '', NODE_ENV: 'production' };
    const { log, exitCode, outputs } = await startAction({ url, only: 'valid,unsigned' }, env).run();
    expect([exitCode, log]).toEqual([1, expect.stringMatching(/\nwebhook-cli check: 1 passed, 1 failed\n$/)]);
    expect(outputs).toMatchObject({ passed: '1', failed: '1' });
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: checkout, encoding: 'utf8' })).toBe('');
  },
);
