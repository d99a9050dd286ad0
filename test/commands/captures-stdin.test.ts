import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { sign } from '../support/fin.js';
import { createSecret } from '../../src/scheme/secret.js';
import { root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const env = { WEBHOOK_SECRET: 'test_secret' };
const body = readFileSync(path.join(root, 'fixtures/events/approved.json'));
const record = encodeRecord({
  ...{
    kind: 'request',
    id: '1',
    seq: 1,
    receivedAt: '2026-01-18T09:08:18Z',
    method: 'POST',
    target: '/',
    complete: true,
    body,
  },
  headers: [['x-fin-signature', sign(body, createSecret(Buffer.from('test_secret'), ''))]],
});

test('recognises a recording whose first byte arrives alone', async () => {
  const stdin = Readable.from([record.subarray(0, 1), record.subarray(1, 5), record.subarray(5)]);
  const { exitCode, stdout } = await webhookCli(['verify', '-'], { env, stdin });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('✔ valid (WEBHOOK_SECRET)');
});

test('prints a reader’s message with the name of the file', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'broken.har'), '{"log": nonsense');
  const { exitCode, stderr } = await webhookCli(['verify', 'broken.har'], { env, cwd });
  expect(exitCode).toBe(65);
  expect(stderr).toMatch(/^error: broken\.har: .*JSON/);
});

test.each([
  ['Dear diary', "this isn't a recording, a HAR file or a raw HTTP request", 'a recording comes from "listen --save"'],
  [
    '{"data":{}}',
    'this is other JSON, not a recording, a HAR file or a raw HTTP request',
    'verify takes both with --body <file> --signature <hex>',
  ],
  ['HTTP/1.1 200 OK\n\n', 'an HTTP response', 'save the request that it belongs to'],
])('%j isn’t a capture, and the hint says what would be', async (text, problem, hint) => {
  const { exitCode, stderr } = await webhookCli(['verify', '-'], { env, stdin: Readable.from([Buffer.from(text)]) });
  expect(exitCode).toBe(65);
  expect(stderr).toContain(problem);
  expect(stderr).toContain(hint);
});

test('refers to standard input by that name in errors', async () => {
  const { exitCode, stderr } = await webhookCli(['verify', '-'], { env, stdin: Readable.from([Buffer.from('\n\n')]) });
  expect({ exitCode, stderr }).toEqual({ exitCode: 65, stderr: 'error: standard input: there is no request in it\n' });
});
