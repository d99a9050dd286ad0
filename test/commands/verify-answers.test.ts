import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { expect, inject, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';

const record = (id: string, facts: Partial<RecordFacts> = {}): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id, seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: approved, headers: Object.entries(signatureOf(approved)) },
    verdict: { status: 200, signature: 'valid', answeredBy: 'application' },
    ...facts,
  });
const reply = (of: string, status: number): Buffer =>
  record(`reply-${of}`, {
    ...{ kind: 'reply', of, status, headers: [], body: Buffer.alloc(0), verdict: { milliseconds: 5 } },
  });
const own = { verdict: { status: 401, signature: 'signature-mismatch', answeredBy: 'receiver' } };
const planned = { verdict: { status: 200, signature: 'valid', answeredBy: 'plan' } };

function folderOf(files: Record<string, Uint8Array>): string {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(cwd, name), content);
  return cwd;
}

const verify = (content: Uint8Array, ...argv: string[]) =>
  webhookCli(['verify', 'incident.ndjson', ...argv], { env, cwd: folderOf({ 'incident.ndjson': content }) });

/** A later response, none at all, one from the receiver itself, and one from a plan that no recording has. */
const incident = Buffer.concat([
  ...[record('a'), record('b'), record('c'), reply('b', 503), reply('a', 201)],
  ...[record('d', own), record('e', planned), record('f', { kind: 'sent', verdict: undefined }), reply('f', 500)],
]);

test('shows a request with its response, wherever that is in the recording', async () => {
  const { exitCode, stdout } = await verify(incident);
  expect(exitCode).toBe(0);
  const lines = stdout.split('\n');
  expect(lines.slice(0, 6).map(line => line.replace(/.*✔ valid \(WEBHOOK_SECRET\) */, ''))).toEqual([
    '201',
    '503',
    'no response',
    '401',
    '',
    '500',
  ]);
  expect(lines[6]).toBe(
    "⚠ 4 of 5 didn't get a 2xx response (4xx: 1, 5xx: 2, none: 1): webhook-cli inspect incident.ndjson --failed",
  );
});

test('the report has the response, and the summary counts responses by class', async () => {
  const { stdout } = await verify(incident, '--json');
  const reports = reportsIn(stdout);
  expect(reports.slice(0, -1).map(({ answer }) => answer)).toEqual([
    { status: 201, by: 'application', milliseconds: 5 },
    { status: 503, by: 'application', milliseconds: 5 },
    { status: null, by: 'application' },
    { status: 401, by: 'receiver' },
    undefined,
    { status: 500, milliseconds: 5 },
  ]);
  expect(reports.at(-1)).toMatchObject({
    ...{ read: 6, valid: 6, answers: { '2xx': 1, '4xx': 1, '5xx': 2, none: 1 }, failedIn: ['incident.ndjson'] },
  });
});

test.each([
  ['one class', Buffer.concat([record('a'), reply('a', 500)]), '⚠ 1 of 1 got a 5xx response: '],
  ['no response', record('a'), '⚠ 1 of 1 got no response: '],
  ['a response that never came', Buffer.concat([record('a'), reply('a', 0)]), '⚠ 1 of 1 got no response: '],
])('%s prints less', async (_, content, words) => {
  const { stdout } = await verify(content);
  expect(stdout).toContain(`${words}webhook-cli inspect incident.ndjson --failed`);
});

test('prints no such line without failures or without responses', async () => {
  for (const content of [Buffer.concat([record('a'), reply('a', 204)]), record('a', planned)]) {
    const { stdout } = await verify(content);
    expect(stdout).not.toContain('response');
    expect(stdout).not.toContain('inspect');
  }
});

test('suggests a command to look at them, with the file’s name if there is only one', async () => {
  const content = Buffer.concat([record('a'), reply('a', 500)]);
  const cwd = folderOf({ one: content, two: content });
  const { stdout } = await webhookCli(['verify', 'one', 'two'], { env, cwd });
  expect(stdout).toContain('⚠ 2 of 2 got a 5xx response: webhook-cli inspect <file> --failed\n');

  const piped = await webhookCli(['verify', '-'], { env, stdin: Readable.from([content]) });
  expect(piped.stdout).toContain('⚠ 1 of 1 got a 5xx response\n');
});

test('quotes the file’s name for the shell if needed', async () => {
  const cwd = folderOf({ "it's one.ndjson": Buffer.concat([record('a'), reply('a', 500)]) });
  const { stdout } = await webhookCli(['verify', "it's one.ndjson"], { env, cwd });
  expect(stdout).toContain(String.raw`: webhook-cli inspect 'it'\''s one.ndjson' --failed` + '\n');
});

test('shows responses to selected requests, too', async () => {
  const { stdout } = await verify(incident, '--answered', '5xx', '--json');
  expect(reportsIn(stdout)).toMatchObject([
    { index: 2, answer: { status: 503 } },
    { index: 6, answer: { status: 500 } },
    { read: 2, answers: { '5xx': 2 } },
  ]);
});

test('a second thread changes nothing, even if responses come many pieces later', async () => {
  const [count, late] = [1500, 300];
  const ids = Array.from({ length: count }, (_, index) => String(index));
  // One thread alone reads 8 MiB, and it does so sooner if bodies are long.
  const body = Buffer.concat([approved, Buffer.alloc(5000, ' ')]);
  const signed = Object.entries(signatureOf(body));
  // Some are unsigned, so that no two pieces have the same result.
  const request = (index: number) => record(String(index), { body, headers: index % 41 === 0 ? [] : signed });
  const content = Buffer.concat(ids.flatMap((_, index) => [request(index), ...(index < late ? [] : [reply(String(index - late), 500)])])); // prettier-ignore
  expect(content.length).toBeGreaterThan(10 * 1024 ** 2);
  const cwd = folderOf({ long: content });
  const workerScript = pathToFileURL(path.join(inject('builtPackage'), 'bin/worker.js'));
  const argv = ['verify', 'long', '--json'];
  const [alone, together] = [await webhookCli(argv, { env, cwd }), await webhookCli(argv, { env, cwd, workerScript })];
  expect(together.stdout).toBe(alone.stdout);
  expect(reportsIn(alone.stdout).at(-1)).toMatchObject({ read: count, answers: { '5xx': count - late, none: late } });
});
