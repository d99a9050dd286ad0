import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env, signatureOf } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const body = (type: string, status: string) => JSON.stringify({ event: { type }, data: { status } });
const bodies = [body('a.b', 'NEW'), body('a.b', 'OLD'), body('c.d', 'NEW'), body('c.d', 'NEW')];

function record(text: string, id: string, facts: Partial<RecordFacts> = {}): Buffer {
  return encodeRecord({
    ...{ kind: 'request', id, seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: Buffer.from(text), headers: Object.entries(signatureOf(text)), ...facts },
  });
}
const forwarded = { verdict: { status: 200, signature: 'valid', answeredBy: 'application' } };
const reply = (of: string, status: number) => record('OK', `reply-${of}`, { kind: 'reply', of, status, headers: [] });

/** Responses 200 and 503, no response, and a refusal. */
const recording = Buffer.concat([
  ...[
    record(bodies[0] ?? '', '1', forwarded),
    record(bodies[1] ?? '', '2', forwarded),
    reply('2', 503),
    reply('1', 200),
  ],
  record(bodies[2] ?? '', '3', forwarded),
  record(bodies[3] ?? '', '4', {
    headers: [],
    verdict: { status: 401, signature: 'signature-missing', answeredBy: 'receiver' },
  }),
]);

function folder(): string {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured'), recording);
  return cwd;
}

const selections: [string[], number[]][] = [
  [
    ['--only', '2-3'],
    [2, 3],
  ],
  [
    ['--match', 'data.status=NEW'],
    [1, 3, 4],
  ],
  [
    ['--event', 'A.B'],
    [1, 2],
  ],
  [['--event', 'a.b,c.d', '--match', 'data.status=OLD'], [2]],
  [['--answered', '5xx'], [2]],
  [
    ['--answered', 'none,200'],
    [1, 3],
  ],
  [['--failed'], [2, 3, 4]],
  [['--failed', '--answered', '5xx,401', '--event', 'c.d'], [4]],
  [['--refused'], [4]],
];

test.each(selections)('verify, replay and export select the same requests with %j', async (flags, expected) => {
  const cwd = folder();
  const { url, received } = await startReceiver();
  const verified = reportsIn((await webhookCli(['verify', 'captured', '--json', ...flags], { cwd, env })).stdout);
  expect(verified.filter(({ type }) => type === 'verification').map(({ index }) => index)).toEqual(expected);
  await webhookCli(['replay', 'captured', '--url', url, ...flags], { cwd, env });
  expect(received.map(request => request.body.toString())).toEqual(expected.map(position => bodies[position - 1]));
  const { stdout } = await webhookCli(['export', 'captured', '--to', 'har', ...flags], { cwd, env });
  const { log } = JSON.parse(stdout) as { log: { entries: { request: { postData: { text: string } } }[] } };
  expect(log.entries.map(({ request }) => request.postData.text)).toEqual(
    expected.map(position => bodies[position - 1]),
  );
});

test.each([
  ['verify', []],
  ['replay', ['--url', 'http://127.0.0.1:1/']],
  ['export', ['--to', 'curl']],
])('%s of a selection that matches nothing gives exit code 65 and a suggestion', async (command, flags) => {
  const cwd = folder();
  const run = (...more: string[]) => webhookCli([command, 'captured', ...flags, ...more], { cwd, env });
  const nothing = await run('--match', 'status=NEW');
  expect(nothing).toMatchObject({ exitCode: 65, stdout: '' });
  expect(nothing.stderr).toContain('error: none of the 4 requests match\nhint: did you mean data.status?\n');
  const cased = await run('--match', 'data.status=new', '--match', 'data.status=old');
  expect(cased.stderr).toContain('hint: no request has new; 3 have NEW; no request has old; 1 has OLD\n');
  expect((await run('--match', 'data.status=other')).stderr).toContain('hint: --match takes a path');
  expect(await run('--event', 'e.f')).toMatchObject({ exitCode: 65, stdout: '' });
  expect((await run('--only', '3-9')).stderr).toContain('captured has 4 requests, but no number 5-9');
});

test.each(['--failed', '--only=1', '--event=a'])('%s works with files, not with one body', async flag => {
  const single = ['--body', 'captured', '--signature', '00'];
  expect(await webhookCli(['verify', ...single, flag], { cwd: folder(), env })).toMatchObject({ exitCode: 2 });
});
