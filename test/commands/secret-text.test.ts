import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';
import { createShell } from '../support/shell.js';

/** What PowerShell 5 writes with `>`. If split into lines as bytes, it ends with a NUL, which HMAC treats as an empty key. */
const utf16 = Buffer.from('\ufeffsecret\r\n', 'utf16le');

const withoutKey = createHmac('sha256', '').update(approved).digest('hex');

test.each(['sign', 'send', 'verify', 'listen', 'check'])('%s refuses a secret in UTF-16', async command => {
  const cwd = temporaryFolder();
  const { url, received } = await startReceiver();
  writeFileSync(path.join(cwd, 'secret.txt'), utf16, { mode: 0o600 });
  writeFileSync(path.join(cwd, 'body.json'), approved);
  const lines: Record<string, string[]> = {
    sign: ['body.json'],
    send: ['body.json', '--url', url],
    verify: ['--body', 'body.json', '--signature', withoutKey],
    listen: ['--port', '0', '--count', '1', '--timeout', '10s'],
    check: [url],
  };
  const run = await webhookCli([command, ...(lines[command] ?? []), '--secret-file', 'secret.txt'], { cwd });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('error: the secret from secret.txt is UTF-16 text');
  expect(run.stderr).toContain('hint: save it as UTF-8 text');
  expect(received).toEqual([]);
});

test('a variable whose bytes aren’t UTF-8 signs nothing', async () => {
  const script = `echo '{}' > a.json; WEBHOOK_SECRET=$'zo\\xe9' webhook-cli sign a.json`;
  const { exitCode, output } = await createShell()(script).ended;
  expect({ exitCode, output }).toEqual({
    exitCode: 2,
    output: expect.stringContaining("the secret from WEBHOOK_SECRET isn't UTF-8 text") as string,
  });
});

test('a value in a dotenv file that ends before a # is used with a warning', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, '.env'), 'WEBHOOK_SECRET=abc#def\n');
  writeFileSync(path.join(cwd, 'body.json'), approved);
  const { exitCode, stderr } = await webhookCli(['sign', 'body.json', '--dotenv', '.env'], { cwd });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('the secret from WEBHOOK_SECRET in .env ends before the # on its line');
});
