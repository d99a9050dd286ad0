import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import type { Header } from '../../src/http/header.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

const record = (method: string, headers: Header[]): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: '1', seq: 1, receivedAt: '2026-01-18T09:08:18Z', method, target: '/', complete: true },
    ...{ headers, body: Buffer.from('{}') },
  });

test.each<[string, string, Header[]]>([
  ['an invalid method', 'GE T', []],
  ['CONNECT', 'CONNECT', []],
  ['a header with a line break', 'POST', [['x', 'a\r\nb: c']]],
  ['a header beyond Latin-1', 'POST', [['x', '\u20ac']]],
  ['an invalid name', 'POST', [['x y', 'a']]],
])('%s gives exit code 65, and the others are sent', async (_, method, headers) => {
  const { url, received } = await startReceiver();
  const cwd = temporaryFolder();
  writeFileSync(
    path.join(cwd, 'a.ndjson'),
    Buffer.concat([record(method, headers), record('POST', [[':authority', 'x']])]),
  );
  const { exitCode, stderr } = await webhookCli(['replay', 'a.ndjson', '--url', url], { env, cwd });
  expect(exitCode).toBe(65);
  expect(stderr).toContain("a.ndjson 1: its method or one of its headers can't be sent over HTTP");
  expect(received).toHaveLength(1);
});

test.each([
  [['replay', '-', '-'], 'standard input was given twice'],
  [['replay', 'a.ndjson', '--resign', '-H', 'X-Fin-Signature: 00'], '-H x-fin-signature contradicts'],
])('%j gives exit code 2', async (line, words) => {
  const { exitCode, stderr } = await webhookCli(line, { env });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});
