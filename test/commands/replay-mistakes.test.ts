import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const captured = encodeRecord({
  ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
  ...{ complete: true, body: Buffer.from('{}'), headers: [] },
});

describe('invalid input gives exit code 2, and nothing is sent', () => {
  test.each([
    [[], 'replay needs a file'],
    [['captured', '--only', '0'], `"0" isn't a whole number of 1 or more`],
    [['captured', '--only', '1,'], '"1," has an extra comma'],
    [['captured', '--only', '1-x'], `"1-x" isn't a whole number`],
    [['captured', '--only', '2-1'], `"2-1" ends before it begins`],
    [['captured', '--answered', '6xx'], `"6xx" isn't a set of responses`],
    [['captured', '--match', 'data.status'], `"data.status" isn't a path=value pair`],
    [['captured', '--match', '=x'], `"=x" isn't a path=value pair`],
    [['captured', '--format', 'ndjson'], 'one of recording, har, http'],
    [['captured', '--speed', '2'], `"2" isn't a speed`],
    [['captured', '--speed', '0x'], `"0x" isn't a speed`],
    [['captured', '--speed', '-1x'], `"-1x" isn't a speed`],
    [['captured', '--concurrency', '0'], `"0" isn't a whole number from 1 to 1,000`],
    [['captured', '--concurrency', '1001'], `"1001" isn't a whole number from 1 to 1,000`],
    [['captured', '--fresh'], '--fresh needs --resign'],
    [['captured', '--fsync'], '--fsync needs --save'],
    [['captured', '--save', 'again.har'], "can't append to a HAR file"],
    [['captured', '-H', 'content-length: 3'], 'content-length is set by the HTTP client'],
    [['captured', '--resign', '--algorithm', 'md5'], 'one of sha256, sha384, sha512'],
    [['-', '-', '--resign'], 'standard input was given twice'],
    [['-', '--resign', '--secret-file', '-'], 'standard input was given twice'],
  ])('%j', async (flags, words) => {
    const { url, received } = await startReceiver();
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'captured'), captured);
    const overrides = { cwd, env: { ...env, WEBHOOK_URL: url }, stdin: Readable.from([captured]) };
    const { exitCode, stdout, stderr } = await webhookCli(['replay', ...flags], overrides);
    expect({ exitCode, stdout, stderr }).toEqual({
      ...{ exitCode: 2, stdout: '' },
      stderr: expect.stringContaining(words) as string,
    });
    expect(received).toEqual([]);
  });
});

describe('a remote receiver needs --allow-remote', () => {
  test.each([
    'https://receiver.invalid/hook',
    'http://10.0.0.1:1/',
    'http://127.0.0.1.receiver.invalid/',
    'http://localhost.receiver.invalid/',
    'http://[2001:db8::1]:1/',
  ])('%s', async url => {
    const { exitCode, stdout, stderr } = await webhookCli(['replay', 'missing.ndjson', '--url', url]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe(
      `error: ${new URL(url).origin} is a remote receiver\nhint: pass --allow-remote to send to it\n`,
    );
  });

  test('which WEBHOOK_URL can’t replace', async () => {
    const { exitCode, stderr } = await webhookCli(['replay', 'missing.ndjson'], {
      env: { WEBHOOK_URL: 'https://receiver.invalid/' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('pass --allow-remote');
  });

  test('and reads the recording with it', async () => {
    const line = ['replay', 'missing.ndjson', '--allow-remote', '--url', 'https://receiver.invalid/'];
    const { exitCode, stderr } = await webhookCli(line);
    expect(exitCode).toBe(65);
    expect(stderr).toContain("can't read missing.ndjson: no such file or folder (ENOENT)");
  });

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('but %s doesn’t', async host => {
    const { exitCode } = await webhookCli(['replay', 'missing.ndjson', '--url', `http://${host}:1/`]);
    expect(exitCode).toBe(65);
  });
});

test('a recording that can’t be written gives exit code 74, and nothing is sent', async () => {
  const { url, received } = await startReceiver();
  const line = ['replay', '-', '--url', url, '--save', '/dev/null/again.ndjson'];
  expect(await webhookCli(line, { stdin: Readable.from([captured]) })).toMatchObject({ exitCode: 74 });
  expect(received).toEqual([]);
});
