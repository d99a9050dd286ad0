import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root, startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startBuilt } from '../support/process.js';

const pipe = (): string => {
  const file = path.join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [file]);
  return file;
};

/** Opens a pipe for writing, which waits for a reader. In a separate process, since that may take forever. */
async function writerOf(file: string): Promise<(content: string) => void> {
  const shell = spawn('sh', ['-c', 'exec 3>"$1"; echo opened; cat >&3', 'sh', file]);
  onTestFinished(() => void shell.kill());
  await once(shell.stdout, 'data');
  return content => {
    shell.stdin.end(content);
  };
}

const body = path.join(root, 'fixtures/events/approved.json');
const signature = signatureOf(approved)['x-fin-signature'];

const blocked: [command: string, argv: (pipe: string) => string[]][] = [
  ['sign --secret-file', file => ['sign', body, '--secret-file', file]],
  ['sign --config', file => ['sign', body, '--config', file]],
  ['sign --dotenv', file => ['sign', body, '--dotenv', file]],
  ['send --cacert', file => ['send', body, '--cacert', file, '--url', 'https://127.0.0.1:1/']],
  ['sign', file => ['sign', file]],
  ['send', file => ['send', file, '--url', 'http://127.0.0.1:1/']],
  ['verify', file => ['verify', file]],
  ['verify --body', file => ['verify', '--body', file, '--signature', '0'.repeat(64)]],
  ['replay', file => ['replay', file, '--url', 'http://127.0.0.1:1/']],
  ['export', file => ['export', file, '--to', 'har']],
  ['validate', file => ['validate', file]],
];

describe('while a pipe is empty, the first signal ends the command', () => {
  test.each(blocked)('%s', async (_, argv) => {
    const file = pipe();
    const { ended, stop } = startCli(argv(file), { env });
    // Opens when the command starts to read, and writes nothing.
    await writerOf(file);
    stop('SIGTERM');
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(143);
    expect(stderr).toBe('');
  });

  test('verify of standard input, without a summary', async () => {
    const stdin = new PassThrough();
    const { ended, stop } = startCli(['verify', '-'], { env, stdin });
    // Read, but too short to be anything.
    stdin.write('\n');
    while (stdin.readableLength > 0) await nextTurn();
    stop('SIGINT');
    const { exitCode, stdout, stderr } = await ended;
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  });

  test('and the process', async () => {
    const file = pipe();
    const { child, ended } = startBuilt(['sign', body, '--secret-file', file]);
    await writerOf(file);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 130, signal: null });
  });

  test.each(['a pipe', '/dev/zero'])('even before it starts to read %s', async name => {
    const { ended, stop } = startCli(['sign', name === 'a pipe' ? pipe() : name], { env });
    stop('SIGTERM');
    expect((await ended).exitCode).toBe(143);
  });
});

test('a pipe that a flag names is read to its end', async () => {
  const [secret, dotenv, event] = [pipe(), pipe(), pipe()];
  const running = startCli(['sign', event, '--secret-file', secret, '--dotenv', dotenv]);
  const contents = [[dotenv, ''], [secret, 'test_secret\n'], [event, approved.toString()]] as const; // prettier-ignore
  await Promise.all(
    contents.map(async ([file, content]) => {
      const write = await writerOf(file);
      write(content);
    }),
  );
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(0);
  expect(stdout).toContain(signature);
});

describe('an endless input is read up to a limit', () => {
  test.each([
    ['--secret-file', 'is larger than 64 KiB'],
    ['--config', 'is larger than 1024 KiB'],
    ['--dotenv', 'is larger than 1024 KiB'],
  ])('by %s', async (flag, words) => {
    const { exitCode, stderr } = await webhookCli(['sign', body, flag, '/dev/zero'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`/dev/zero ${words}`);
  });

  test('by --cacert', async () => {
    const argv = ['send', body, '--cacert', '/dev/zero', '--url', 'https://127.0.0.1:1/'];
    const { exitCode, stderr } = await webhookCli(argv, { env });
    expect(exitCode).toBe(65);
    expect(stderr).toContain('/dev/zero is larger than 1024 KiB');
  });
});

test.each([
  ['a device', "isn't a file"],
  ['a pipe', "isn't a file"],
  ['a large file', 'is larger than 64 KiB'],
])('a configuration file can’t make the program read a secret from %s', async (what, words) => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'large'), 'x'.repeat(64 * 1024 + 1), { mode: 0o600 });
  const secretFile = what === 'a device' ? '/dev/zero' : what === 'a pipe' ? pipe() : 'large';
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ secretFile }));
  const { exitCode, stderr } = await webhookCli(['sign', body], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});

test('a development secret that is far too large is refused', async () => {
  const homeDirectory = temporaryFolder();
  const folder = path.join(homeDirectory, '.config/webhook-cli');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'development-secret'), 'no secret is this long '.repeat(3000), { mode: 0o600 });
  const { exitCode, stderr } = await webhookCli(['sign', body], { homeDirectory });
  expect(exitCode).toBe(74);
  expect(stderr).toContain('development-secret is larger than 64 KiB');
});
