import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env } from '../support/listening.js';

const file = path.join(root, 'fixtures/events/approved.json');
const awkward = Buffer.from('efbbbf7b00ff0d0a0afffe80c37d0d0a', 'hex');

const input = (bytes: Uint8Array) => ({ stdin: Readable.from([bytes]) });

/** The signature that another implementation makes of the same bytes. */
function openssl(body: Uint8Array, algorithm: string): string {
  const key = `hexkey:${Buffer.from(env.WEBHOOK_SECRET).toString('hex')}`;
  const { stdout, status } = spawnSync('openssl', ['dgst', `-${algorithm}`, '-mac', 'HMAC', '-macopt', key, '-r'], {
    input: body,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout.split(' ')[0] ?? '';
}

describe.each(['sha256', 'sha384', 'sha512'])('%s', algorithm => {
  const flags = ['--algorithm', algorithm];

  test('prints the same signature as openssl, as headers, one per line', async () => {
    const { exitCode, stdout, stderr } = await webhookCli(['sign', file, ...flags], { env });
    const signature = openssl(readFileSync(file), algorithm);
    expect(stdout).toBe(`x-fin-signature: ${signature}\nx-fin-signature-algorithm: ${algorithm}\n`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('signs standard input like openssl, byte for byte', async () => {
    const { stdout } = await webhookCli(['sign', '-', '--only', 'x-fin-signature', ...flags], {
      env,
      ...input(awkward),
    });
    expect(stdout).toBe(`${openssl(awkward, algorithm)}\n`);
  });

  test('is named as it is sent', async () => {
    const { stdout } = await webhookCli(['sign', file, '--only', 'x-fin-signature-algorithm', ...flags], { env });
    expect(stdout).toBe(`${algorithm}\n`);
  });
});

test('--json shows what was signed, and with which secret', async () => {
  const { stdout } = await webhookCli(['sign', file, '--json'], { env });
  const body = readFileSync(file);
  expect(reportsIn(stdout)).toEqual([
    {
      ...{ type: 'signature', algorithm: 'sha256', bytes: body.length, secret: 'WEBHOOK_SECRET' },
      headers: [
        ['x-fin-signature', openssl(body, 'sha256')],
        ['x-fin-signature-algorithm', 'sha256'],
      ],
    },
  ]);
});

test('--json --only shows only that header', async () => {
  const { stdout } = await webhookCli(['sign', file, '--json', '--only', 'X-Fin-Signature-Algorithm'], { env });
  expect(reportsIn(stdout)).toMatchObject([
    { only: 'x-fin-signature-algorithm', headers: [['x-fin-signature-algorithm', 'sha256']] },
  ]);
});

test('signs with the first of several secrets', async () => {
  const secrets = path.join(temporaryFolder(), 'secrets');
  writeFileSync(secrets, `${env.WEBHOOK_SECRET}\nold\n`, { mode: 0o600 });
  const { stdout } = await webhookCli(['sign', file, '--only', 'x-fin-signature', '--secret-file', secrets]);
  expect(stdout).toBe(`${openssl(readFileSync(file), 'sha256')}\n`);
});

test('reads the secret from standard input if the body comes from elsewhere', async () => {
  const secret = input(Buffer.from(`${env.WEBHOOK_SECRET}\n`));
  const { stdout } = await webhookCli(['sign', file, '--only', 'x-fin-signature', '--secret-file', '-'], secret);
  expect(stdout).toBe(`${openssl(readFileSync(file), 'sha256')}\n`);
});

test('signs an empty body, too', async () => {
  const { exitCode, stdout } = await webhookCli(['sign', '-', '--only', 'x-fin-signature'], {
    env,
    ...input(Buffer.alloc(0)),
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${openssl(Buffer.alloc(0), 'sha256')}\n` });
});

test('mentions the development secret on standard error only', async () => {
  const { exitCode, stdout, stderr } = await webhookCli(['sign', file], { homeDirectory: temporaryFolder() });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^x-fin-signature: [0-9a-f]{64}\nx-fin-signature-algorithm: sha256\n$/);
  expect(stderr).toBe('warning: signed with the development secret, which only this machine knows\n');
});

test.each([
  { title: 'no file', argv: ['sign'], exitCode: 2, message: /^error: .*file/ },
  { title: 'two files', argv: ['sign', file, file], exitCode: 2, message: /^error: sign takes one argument\n/ },
  {
    title: 'a body and a secret that both come from standard input',
    argv: ['sign', '-', '--secret-file', '-'],
    exitCode: 2,
    message: /^error: standard input was given twice\nhint: it can be read only once\n$/,
  },
  {
    title: 'a file that isn’t there',
    argv: ['sign', 'missing.json'],
    exitCode: 65,
    message: /^error: can't read missing\.json: no such file or folder \(ENOENT\)\n/,
  },
  {
    title: 'a folder',
    argv: ['sign', 'src'],
    exitCode: 65,
    message: /^error: can't read src: it's a folder \(EISDIR\)\n/,
  },
  { title: 'a weak algorithm', argv: ['sign', file, '--algorithm', 'md5'], exitCode: 2, message: /algorithm "md5"/ },
  { title: 'another header', argv: ['sign', file, '--only', 'date'], exitCode: 2, message: /unknown header "date"/ },
])('$title gives exit code $exitCode, and nothing is printed', async ({ argv, ...expected }) => {
  const { exitCode, stdout, stderr } = await webhookCli(argv, { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: expected.exitCode, stdout: '' });
  expect(stderr).toMatch(expected.message);
});
