import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { writeHar } from '../support/recording.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';

const awkward = Buffer.from('efbbbf7b00ff0d0a0afffe80c37d0d0a', 'hex');
const hmac = (body: Uint8Array) => createHmac('sha256', env.WEBHOOK_SECRET).update(body).digest('hex');

const record = (signature: string, facts: Partial<RecordFacts> = {}) =>
  encodeRecord({
    ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: approved, headers: [['x-fin-signature', signature]], ...facts },
  });
const valid = record(hmac(approved));
const invalid = record('5'.repeat(64));
const unjudgeable = record('5'.repeat(64), { complete: false });

function message(body: Uint8Array, { end = '\r\n', length = [`content-length: ${body.length}`] } = {}): Buffer {
  const head = ['POST /hook HTTP/1.1', 'Host: x', `X-Fin-Signature: ${hmac(body)}`, ...length, '', ''];
  return Buffer.concat([Buffer.from(head.join(end)), body]);
}

const harOf = (body: Uint8Array) =>
  writeHar(
    [
      {
        method: 'POST',
        target: '/',
        headers: [['x-fin-signature', hmac(body)]],
        body,
        fidelity: 'exact',
        findings: [],
      },
    ],
    { version: '0.0.0', origin: 'http://127.0.0.1' },
  );

const chunks = Buffer.concat([Buffer.from('10\r\n'), awkward, Buffer.from('\r\n0\r\n\r\n')]);
const chunked = message(awkward, { length: ['transfer-encoding: chunked'] }).toString('latin1');

/** Files with these contents, by name, in a folder that becomes the working directory. */
function folderOf(files: Record<string, Uint8Array | string>): string {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(cwd, name), content);
  return cwd;
}

async function verify(files: Record<string, Uint8Array | string>, ...argv: string[]) {
  const names = argv.some(word => !word.startsWith('-')) ? [] : Object.keys(files);
  const run = await webhookCli(['verify', '--json', ...names, ...argv], { env, cwd: folderOf(files) });
  const reports = reportsIn(run.stdout);
  const checked = reports
    .filter(({ type }) => type === 'verification')
    .map(({ file, index, valid }) => `${String(file)} ${String(index)} ${String(valid)}`);
  return { ...run, reports, checked, summary: reports.at(-1) };
}

describe('recognises the content of', () => {
  const contents: Record<string, Uint8Array> = {
    'a recording': record(hmac(awkward), { body: awkward }),
    'a recording of sent requests': record(hmac(awkward), { kind: 'sent', body: awkward }),
    'HAR with a byte order mark': Buffer.concat([Buffer.from('\ufeff\n'), harOf(awkward)]),
    'raw HTTP with CRLF': message(awkward),
    'raw HTTP with LF': message(awkward, { end: '\n' }),
    'raw HTTP without a length': message(awkward, { length: [] }),
    'raw HTTP in chunks': Buffer.concat([Buffer.from(chunked.slice(0, chunked.indexOf('\r\n\r\n') + 4)), chunks]),
  };

  test.each(Object.entries(contents))('%s, from a file and from standard input', async (_, content) => {
    const { exitCode, checked, summary } = await verify({ 'no-extension': content });
    expect({ exitCode, checked }).toEqual({ exitCode: 0, checked: ['no-extension 1 true'] });
    expect(summary).toMatchObject({
      type: 'summary',
      read: 1,
      skipped: 0,
      valid: 1,
      invalid: 0,
      unjudgeable: 0,
      unsearched: 0,
    });

    const { stdout } = await webhookCli(['verify', '-', '--json'], { env, stdin: Readable.from([content]) });
    expect(reportsIn(stdout)).toMatchObject([{ file: '-', valid: true, bytes: awkward.length }, { valid: 1 }]);
  });

  test.each([
    ['http', valid],
    ['har', message(approved)],
    ['recording', harOf(approved)],
  ])('--format %s forces that format', async (format, content) => {
    const { exitCode, stderr, checked } = await verify({ other: content }, 'other', '--format', format);
    expect({ exitCode, checked }).toEqual({ exitCode: 65, checked: [] });
    expect(reportsIn(stderr).at(-1)).toMatchObject({ type: 'error', code: 'input' });
  });

  test('reports bytes beyond the length of a raw message without failing', async () => {
    const files = { 'message.http': Buffer.concat([message(approved), Buffer.from('\r\nmore')]) };
    const { exitCode, reports, stderr } = await verify(files);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(reports).toMatchObject([{ valid: true, bytes: approved.length, findings: ['surplus-bytes'] }, {}]);
    const { stdout } = await webhookCli(['verify', 'message.http'], { env, cwd: folderOf(files) });
    expect(stdout).toContain('the bytes after the end of its body were ignored');
  });

  test('doesn’t verify a raw message that is shorter than its length', async () => {
    const { exitCode, reports } = await verify({ 'message.http': message(approved).subarray(0, -1) });
    expect(exitCode).toBe(65);
    expect(reports).toMatchObject([{ valid: null, reason: 'body-incomplete' }, { unjudgeable: 1 }]);
  });
});

describe('several files', () => {
  test('are all checked, each counted from 1, even if one is missing', async () => {
    const files = { first: Buffer.concat([valid, valid]), second: Buffer.concat([invalid, valid]) };
    const { exitCode, checked, summary, stderr } = await verify(files, 'first', 'missing', 'second');
    expect(exitCode).toBe(65);
    expect(checked).toEqual(['first 1 true', 'first 2 true', 'second 1 false', 'second 2 true']);
    expect(summary).toMatchObject({ read: 4, skipped: 0, valid: 3, invalid: 1 });
    expect(reportsIn(stderr)).toEqual([
      {
        ...{ type: 'error', code: 'input', message: "can't read missing: no such file or folder (ENOENT)" },
        hint: 'is the path right, relative to this folder?',
      },
    ]);
  });

  test('are named in the output, with --quiet, too', async () => {
    const torn = Buffer.concat([valid, valid.subarray(0, -20)]);
    const cwd = folderOf({ 'first\u001b': torn, second: Buffer.concat([valid, invalid]) });
    const { stdout } = await webhookCli(['verify', 'first\u001b', 'second'], { env, cwd });
    expect(stdout).toMatch(/^first\\u001b 1  .*valid/);
    expect(stdout).toContain('\nfirst\\u001b ⚠ a record that was never finished\n');
    expect(stdout).toMatch(/\nsecond 1  .*valid.*\nsecond 2  .*signature-mismatch/);
    const quiet = await webhookCli(['verify', 'first\u001b', 'second', '--quiet'], { env, cwd });
    expect(quiet.stdout).toMatch(/^second 2  .*signature-mismatch/);
  });

  test.each([
    { title: 'all are valid', files: { first: valid, second: valid }, exitCode: 0 },
    { title: 'one signature is wrong', files: { first: invalid, second: valid }, exitCode: 1 },
    { title: 'one can’t be verified and one is wrong', files: { first: unjudgeable, second: invalid }, exitCode: 65 },
    { title: 'one isn’t a capture', files: { first: 'Dear diary', second: valid }, exitCode: 65 },
    { title: 'one has no requests', files: { first: '', second: valid }, exitCode: 65 },
  ])('give exit code $exitCode if $title', async ({ files, exitCode }) => {
    const run = await verify(files);
    expect(run.exitCode).toBe(exitCode);
    expect(run.checked.some(line => line.startsWith('second 1'))).toBe(true);
  });

  test('with one that can’t be verified print how many were', async () => {
    const { stderr } = await verify({ mixed: Buffer.concat([valid, unjudgeable, unjudgeable]) });
    expect(reportsIn(stderr)).toMatchObject([{ message: "mixed: 2 of 3 requests can't be verified" }]);
  });
});

test.each([
  { title: 'an empty file', content: '' },
  { title: 'line breaks', content: '\n\n\n' },
  { title: 'line breaks, taken for a recording', content: '\n\n\n', flags: ['--format', 'recording'] },
  { title: 'HAR without entries', content: '{"log":{"entries":[]}}' },
  { title: 'only responses', content: record('', { kind: 'reply', of: 'r', status: 200 }) },
])('$title has no requests: 65', async ({ content, flags = [] }) => {
  const { exitCode, stderr, summary } = await verify({ empty: content }, 'empty', ...flags);
  expect(exitCode).toBe(65);
  expect(reportsIn(stderr)).toMatchObject([{ code: 'input', message: 'empty: there is no request in it' }]);
  expect(summary).toMatchObject({ read: 0, valid: 0 });
});

describe('a damaged recording', () => {
  test('whose last record is incomplete is checked without it, with a warning', async () => {
    const files = { torn: Buffer.concat([valid, valid.subarray(0, -20)]) };
    const { exitCode, reports, stderr } = await verify(files);
    expect(exitCode).toBe(0);
    expect(reports).toMatchObject([
      { index: 1, valid: true },
      { type: 'damage', file: 'torn', kind: 'torn' },
      { type: 'summary', read: 1, skipped: 1, valid: 1 },
    ]);
    const words = 'a record after request 1 was never finished, so its sender got no response';
    expect(reportsIn(stderr)).toEqual([{ type: 'warning', message: `torn: ${words}` }]);
    const { stdout } = await webhookCli(['verify', 'torn'], { env, cwd: folderOf(files) });
    expect(stdout).toContain('⚠ a record that was never finished\n');
    expect(stdout).toContain('1 read, 1 skipped: 1 valid, 0 invalid, 0 unchecked\n');
  });

  test('with only an incomplete record has no requests', async () => {
    const { exitCode, summary, stderr } = await verify({ torn: valid.subarray(0, -20) });
    expect(exitCode).toBe(65);
    expect(summary).toMatchObject({ read: 0, skipped: 1 });
    const words = 'torn: a record before the first request was never finished, so its sender got no response';
    expect(reportsIn(stderr)).toMatchObject([{ type: 'warning', message: words }, { type: 'error' }]);
  });

  const changed = (from: RegExp, to: string) => Buffer.from(valid.toString().replace(from, to));

  test.each([
    { title: 'isn’t JSON', middle: changed(/"kind"/, '"kind'), reason: "it isn't JSON" },
    { title: 'lacks a field', middle: changed(/"kind"/, '"kin"'), reason: "it isn't a record" },
    { title: 'has another body', middle: changed(/"bodyBase64":"..../, '"bodyBase64":"AAAA'), reason: "its body doesn't have the recorded sha256" },
    { title: 'has a shorter body', middle: changed(/"bodyBase64":"..../, '"bodyBase64":"'), reason: "its body doesn't have the recorded length" },
    { title: 'is of a newer version', middle: changed(/"v":1/, '"v":2'), reason: 'a newer version of webhook-cli wrote it' },
  ])('whose middle record $title gives exit code 65, and the rest is checked', async ({ middle, reason }) => {
    const { exitCode, reports, stderr } = await verify({ damaged: Buffer.concat([valid, middle, invalid]) });
    expect(exitCode).toBe(65);
    expect(reports).toMatchObject([
      { index: 1, valid: true },
      { type: 'damage', file: 'damaged', kind: 'corrupt', reason },
      { index: 2, valid: false },
      { type: 'summary', read: 2, skipped: 1, valid: 1, invalid: 1 },
    ]);
    expect(reportsIn(stderr)).toMatchObject([
      { code: 'input', message: `damaged: the record after request 1 is corrupt: ${reason}` },
    ]);
  }); // prettier-ignore

  test('of a newer version gives exit code 65', async () => {
    const { exitCode, stdout } = await verify({ newer: changed(/"v":1/, '"v":2') });
    expect(exitCode).toBe(65);
    expect(stdout).toContain('a newer version of webhook-cli wrote it');
  });

  test('prints only problems with --quiet', async () => {
    const cwd = folderOf({ mixed: Buffer.concat([valid, invalid, valid]) });
    const { exitCode, stdout } = await webhookCli(['verify', 'mixed', '--quiet'], { env, cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^ ?2 .*signature-mismatch\n.*\n {4}fix: .*\n✘ 3 read, 0 skipped: 2 valid, 1 invalid, 0 unchecked\n$/,
    );
  });
});
