import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const headers = Object.entries(signatureOf(approved));

const record = (id: string): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id, seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: approved, headers },
  });

function inFile(content: Uint8Array | string): string {
  const file = path.join(temporaryFolder(), 'requests');
  writeFileSync(file, content);
  return file;
}

const summaryOf = (stdout: string) => reportsIn(stdout).at(-1);

const harOf = (...requests: object[]): string =>
  JSON.stringify({
    log: {
      entries: requests.map(request => ({
        request: {
          ...{ method: 'POST', url: 'http://127.0.0.1/', postData: { text: approved.toString() } },
          ...{ headers: headers.map(([name, value]) => ({ name, value })), ...request },
        },
      })),
    },
  });

describe('files from users', () => {
  test('verifies a recording with Windows line ends', async () => {
    const recording = Buffer.concat([record('a'), record('b')]);
    const file = inFile(recording.toString().replaceAll('\n', '\r\n'));
    const { exitCode, stdout } = await webhookCli(['verify', file, '--json'], { env });
    expect(exitCode).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({ read: 2, valid: 2, skipped: 0 });
  });

  test('verifies several requests in one raw HTTP file, as export writes them', async () => {
    const file = inFile(Buffer.concat([record('a'), record('b'), record('c')]));
    const { stdout: messages } = await webhookCli(['export', file, '--to', 'http'], { env });
    const { exitCode, stdout } = await webhookCli(['verify', inFile(messages), '--json'], { env });
    expect(exitCode).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({ read: 3, valid: 3 });
  });

  test('counts and names an odd entry of a HAR file, and verifies the others', async () => {
    const file = inFile(harOf({}, { method: '' }, {}));
    const { exitCode, stdout, stderr } = await webhookCli(['verify', file, '--json'], { env });
    expect(exitCode).toBe(65);
    expect(stderr).toContain('log.entries[1].request.method is missing or invalid');
    expect(summaryOf(stdout)).toMatchObject({ read: 2, valid: 2, skipped: 1 });
  });
});

describe('replay sends what verify reports as valid', () => {
  test.each([-1, 0, undefined])('in a HAR file with a bodySize of %s', async bodySize => {
    const { url, received } = await startReceiver();
    const file = inFile(harOf({ bodySize }));
    const { exitCode, stderr } = await webhookCli(['replay', file, '--url', url], { env });
    expect(stderr).not.toContain('left out');
    expect(exitCode).toBe(0);
    expect(received.map(({ body }) => body.toString())).toEqual([approved.toString()]);
  });

  test('and leaves out what can’t be relied on', async () => {
    const { url, received } = await startReceiver();
    const unsigned = { bodySize: -1, headers: [{ name: 'x-fin-signature', value: '5'.repeat(64) }] };
    const file = inFile(harOf({ bodySize: -1 }, unsigned));
    const { exitCode, stderr } = await webhookCli(['replay', file, '--url', url], { env });
    expect(stderr).toContain('1 of 2 requests left out');
    expect(exitCode).toBe(0);
    expect(received).toHaveLength(1);
  });

  test('unless no secret is available to check it', async () => {
    const { url, received } = await startReceiver();
    const file = inFile(harOf({ bodySize: -1 }));
    const { exitCode } = await webhookCli(['replay', file, '--url', url], { homeDirectory: temporaryFolder() });
    expect(exitCode).toBe(65);
    expect(received).toEqual([]);
  });
});
