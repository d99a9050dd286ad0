import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';

type Headers = RecordFacts['headers'];

const hmac = (body: Uint8Array, algorithm = 'sha256', secret = env.WEBHOOK_SECRET) =>
  createHmac(algorithm, secret).update(body).digest('hex');
const signature = (value: string): Headers[number] => ['x-fin-signature', value];
const algorithm = (name: string): Headers[number] => ['x-fin-signature-algorithm', name];
const right = signature(hmac(approved));
const foreign = signature('5'.repeat(64));

const record = (headers: Headers, facts: Partial<RecordFacts> = {}) =>
  encodeRecord({
    ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: approved, headers, ...facts },
  });

function inFile(...parts: Uint8Array[]): string {
  const file = path.join(temporaryFolder(), 'requests');
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

/** HAR whose body has only text, with this length declared. */
const har = (headers: Headers, bodySize: number) =>
  Buffer.from(
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              ...{ method: 'POST', url: 'http://127.0.0.1/', bodySize, postData: { text: approved.toString() } },
              headers: headers.map(([name, value]) => ({ name, value })),
            },
          },
        ],
      },
    }),
  );

describe('the result', () => {
  test.each([
    { title: 'the correct signature', bytes: record([right]), valid: true, exitCode: 0 },
    { title: 'the right sha384', bytes: record([signature(hmac(approved, 'sha384')), algorithm('sha384')]), valid: true, exitCode: 0 },
    { title: 'the right sha512', bytes: record([signature(hmac(approved, 'sha512')), algorithm('sha512')]), valid: true, exitCode: 0 },
    { title: 'a header in another case', bytes: record([['X-Fin-Signature', hmac(approved)]]), valid: true, exitCode: 0 },
    { title: 'no signature', bytes: record([algorithm('sha256')]), valid: false, reason: 'signature-missing', exitCode: 1 },
    { title: 'a signature that isn’t one', bytes: record([signature('nonsense')]), valid: false, reason: 'signature-malformed', exitCode: 1 },
    { title: 'the signature of something else', bytes: record([foreign]), valid: false, reason: 'signature-mismatch', exitCode: 1 },
    { title: 'the correct signature twice', bytes: record([right, right]), valid: false, reason: 'signature-ambiguous', exitCode: 1 },
    { title: 'the algorithm twice', bytes: record([right, algorithm('sha256'), algorithm('sha256')]), valid: false, reason: 'signature-ambiguous', exitCode: 1 },
    { title: 'an algorithm that isn’t on the list', bytes: record([right, algorithm('md5')]), valid: false, reason: 'algorithm-unsupported', exitCode: 1 },
    { title: 'a mismatch of an incomplete body', bytes: record([foreign], { complete: false }), valid: null, reason: 'body-incomplete', exitCode: 65 },
    { title: 'a mismatch of a body that HAR may have changed', bytes: har([foreign], -1), valid: null, reason: 'body-not-exact', exitCode: 65 },
    { title: 'no signature for an incomplete body', bytes: record([], { complete: false }), valid: false, reason: 'signature-missing', exitCode: 1 },
    { title: 'a body that HAR may have changed, but verifies', bytes: har([right], -1), valid: true, exitCode: 0 },
    { title: 'a body in HAR of the size that it should have', bytes: har([foreign], approved.length), valid: false, reason: 'signature-mismatch', exitCode: 1 },
    { title: 'a body said to be cut short, but verifies', bytes: record([right], { complete: false }), valid: true, exitCode: 0 },
  ])('of $title is $valid ($reason), with exit code $exitCode', async ({ bytes, valid, reason, exitCode }) => {
    const run = await webhookCli(['verify', inFile(bytes), '--json'], { env });
    const [verification] = reportsIn(run.stdout);
    expect({ ...verification, exitCode: run.exitCode }).toMatchObject({ valid, exitCode });
    expect(verification?.['reason']).toBe(reason);
  }); // prettier-ignore

  test.each([
    ['signature-missing', record([]), 'it has no signature'],
    ['signature-ambiguous', record([right, right]), 'it has more than one signature or algorithm header'],
    [
      'body-incomplete',
      record([foreign], { complete: false }),
      "its body was cut short, so its signature can't be checked",
    ],
    ['body-not-exact', har([foreign], -1), 'its capture may have changed the body, so a mismatch proves nothing'],
  ])('%s is explained in words', async (reason, bytes, words) => {
    const { stdout } = await webhookCli(['verify', inFile(bytes)], { env });
    expect(stdout).toContain(reason);
    expect(stdout).toContain(`\n    ${words}`);
  });
});

describe('--json', () => {
  test('reports each request, and a summary', async () => {
    const file = inFile(record([right]), record([foreign]));
    const { stdout, stderr } = await webhookCli(['verify', file, '--json'], { env });
    const facts = {
      ...{
        type: 'verification',
        file,
        files: 1,
        receivedAt: '2026-01-31T09:30:00.000Z',
        bytes: approved.length,
        findings: [],
      },
      event: {
        type: 'customer.status',
        id: '017995f9-68ba-4415-ba3c-14c3a8e41bce',
        referenceId: '6b042125-686a-43e0-8a68-23cf5bee102e',
        status: 'APPROVED',
      },
    };
    const diagnosis = { found: false, tried: expect.any(Number) as number, isComplete: true };
    expect(reportsIn(stdout)).toEqual([
      { ...facts, index: 1, valid: true, secret: 'WEBHOOK_SECRET', algorithm: 'sha256' },
      { ...facts, index: 2, valid: false, reason: 'signature-mismatch', diagnosis },
      { type: 'summary', read: 2, skipped: 0, valid: 1, invalid: 1, unjudgeable: 0, unsearched: 0 },
    ]);
    expect(stderr).toBe('');
  });

  test('uses null for what can’t be verified, and reports headers left out', async () => {
    const file = inFile(record([foreign, ['cookie', 'a=b']], { complete: false }));
    const { stdout, stderr } = await webhookCli(['verify', file, '--json'], { env });
    expect(reportsIn(stdout)).toMatchObject([
      { type: 'verification', valid: null, reason: 'body-incomplete', findings: ['headers-redacted'] },
      { type: 'summary', read: 1, skipped: 0, valid: 0, invalid: 0, unjudgeable: 1, unsearched: 0 },
    ]);
    expect(reportsIn(stderr)).toMatchObject([{ type: 'error', code: 'input' }]);
  });
});

describe('with several secrets', () => {
  test('names the one that matched, from a file or a variable', async () => {
    const secrets = path.join(temporaryFolder(), 'secrets');
    writeFileSync(secrets, 'a newer one\nan older one\n', { mode: 0o600 });
    const file = inFile(
      record([signature(hmac(approved, 'sha256', 'an older one'))]),
      record([signature(hmac(approved, 'sha256', 'a newer one'))]),
      record([right]),
    );
    const argv = ['verify', file, '--secret-file', secrets, '--secret-env', 'WEBHOOK_SECRET'];
    const { exitCode, stdout } = await webhookCli([...argv, '--json'], { env });
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).map(({ secret }) => secret)).toEqual([
      `${secrets} (line 2)`,
      `${secrets} (line 1)`,
      'WEBHOOK_SECRET',
      undefined,
    ]);
    expect((await webhookCli(argv, { env })).stdout).toContain('✔ valid (WEBHOOK_SECRET)\n');
  });

  test('mentions the development secret on standard error only', async () => {
    const { exitCode, stdout, stderr } = await webhookCli(['verify', inFile(record([right]))], {
      homeDirectory: temporaryFolder(),
    });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('warning: verified with the development secret, which only this machine knows\n');
    expect(stdout).not.toContain('development');
  });
});

describe('one body', () => {
  const file = path.join(root, 'fixtures/events/approved.json');

  test.each([
    { given: 'its signature', argv: ['--signature', hmac(approved)], exitCode: 0 },
    { given: 'its sha512', argv: ['--signature', hmac(approved, 'sha512'), '--algorithm', 'sha512'], exitCode: 0 },
    { given: 'its sha512, unnamed', argv: ['--signature', hmac(approved, 'sha512')], exitCode: 1 },
    { given: 'another signature', argv: ['--signature', '5'.repeat(64)], exitCode: 1 },
  ])('with $given gives exit code $exitCode', async ({ argv, exitCode }) => {
    expect((await webhookCli(['verify', '--body', file, ...argv], { env })).exitCode).toBe(exitCode);
  });

  test('can come from standard input, byte for byte', async () => {
    const body = Buffer.from('efbbbf7b00ff0d0a0afffe80c37d0d0a', 'hex');
    const { exitCode, stdout } = await webhookCli(['verify', '--body', '-', '--signature', hmac(body), '--json'], {
      env,
      stdin: Readable.from([body]),
    });
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout)).toMatchObject([{ file: '-', index: 1, valid: true, bytes: body.length }, { read: 1 }]);
  });

  test('that is missing gives exit code 65', async () => {
    const { exitCode, stderr } = await webhookCli(['verify', '--body', 'missing.json', '--signature', 'a'], { env });
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(/^error: can't read missing\.json: no such file or folder \(ENOENT\)\nhint: /);
  });
});

test.each([
  { title: 'nothing', argv: [], words: 'nothing to verify' },
  { title: 'a body and a file', argv: ['a', '--body', 'b', '--signature', 'c'], words: '--body and a file' },
  { title: 'a signature alone', argv: ['a', '--signature', 'c'], words: '--signature needs --body' },
  { title: 'a body alone', argv: ['--body', 'b'], words: '--body needs --signature' },
  { title: 'an algorithm alone', argv: ['a', '--algorithm', 'sha256'], words: '--algorithm needs --body' },
  { title: 'standard input as two files', argv: ['-', '-'], words: 'standard input was given twice' },
  { title: 'a file and a secret on one stdin', argv: ['-', '--secret-file', '-'], words: 'standard input was given' },
  { title: 'a weak algorithm', argv: ['--body', 'b', '--algorithm', 'md5'], words: 'unknown algorithm "md5"' },
  { title: 'another format', argv: ['a', '--format', 'pcap'], words: 'unknown format "pcap"' },
  { title: 'an empty secret', argv: ['a', '--secret-env', 'EMPTY'], words: 'the secret from EMPTY is empty' },
])('$title is a contradiction: exit code 2, and nothing is read', async ({ argv, words }) => {
  const { exitCode, stdout, stderr } = await webhookCli(['verify', ...argv], { env: { ...env, EMPTY: '' } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^error: /);
  expect(stderr).toContain(words);
});
