import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, signatureOf } from '../support/listening.js';
import { startBuilt } from '../support/process.js';
import { startReceiver } from '../support/receiver.js';
import { env, secret } from './listening-page.js';
import { visit } from './visitor.js';

const record = (id: string, body: Uint8Array | string, key = secret): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id, seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/hook' },
    ...{ complete: true, body: Buffer.from(body), headers: Object.entries(signatureOf(body, key)) },
  });

const recording = Buffer.concat([record('a', approved), record('b', approved, 'another-secret-0815')]);

function folder(content: Uint8Array | string = recording): string {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured'), content);
  return cwd;
}

async function inspecting(flags: readonly string[] = [], cwd = folder()) {
  const running = startCli(['inspect', 'captured', '--web', '--json', ...flags], { env, cwd });
  onTestFinished(async () => {
    running.stop();
    await running.ended;
  });
  const first = await createInterface({ input: running.stdout })[Symbol.asyncIterator]().next();
  const page = JSON.parse(String(first.value)) as { type: string; url: string };
  expect(page.type).toBe('page');
  return { ...running, visitor: await visit(page.url) };
}

test('shows a recording, and verifies requests now if it has no verdicts', async () => {
  const { visitor, stop, ended } = await inspecting();
  expect((await visitor.get('/api/page')).json()).toEqual({
    ...{ title: 'captured', kind: 'recording', scheme: 'fin', target: 'http://127.0.0.1:4665/', canSign: true },
  });
  expect((await visitor.get('/api/requests')).json()).toMatchObject({
    total: 2,
    requests: [
      { index: 2, verdict: { by: 'check', isAccepted: false } },
      { index: 1, verdict: { by: 'check', isAccepted: true } },
    ],
  });
  expect((await visitor.get('/api/requests/2')).json()).toMatchObject({
    previous: 1,
    whole: { signature: { valid: false } },
  });
  const stream = await visitor.follow();
  expect(stream.status).toBe(200);
  stop();
  expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
});

test('ends with 0 on Ctrl-C, but not on a signal from another program', async () => {
  for (const [signal, exitCode] of [
    ['SIGINT', 0],
    ['SIGTERM', 143],
  ] as const) {
    const { child, ended } = startBuilt(['inspect', path.join(folder(), 'captured'), '--web', '--json'], { env });
    const first = await createInterface({ input: child.stdout! })[Symbol.asyncIterator]().next();
    await (await visit((JSON.parse(String(first.value)) as { url: string }).url)).follow();
    child.kill(signal);
    expect((await ended).exitCode).toBe(exitCode);
  }
});

describe('--open', () => {
  const opening = async (cwd: string) => {
    const running = startCli(['inspect', 'captured', '--web', '--open', '--json'], { cwd, env: { ...env, PATH: cwd } });
    const first = await createInterface({ input: running.stdout })[Symbol.asyncIterator]().next();
    return { ...running, url: (JSON.parse(String(first.value)) as { url: string }).url };
  };

  test.runIf(process.platform === 'linux')('passes the link to the program that opens links', async () => {
    const cwd = folder();
    const opened = path.join(cwd, 'opened');
    const script = `#!/bin/sh\nprintf %s "$*" > ${opened}.part && /bin/mv ${opened}.part ${opened}\n`;
    writeFileSync(path.join(cwd, 'xdg-open'), script, { mode: 0o755 });
    const { url, stop, ended } = await opening(cwd);
    await expect.poll(() => existsSync(opened)).toBe(true);
    expect(readFileSync(opened, 'utf8')).toBe(url);
    stop();
    expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('without such a program, prints a warning, and the page still works', async () => {
    const { url, stop, ended } = await opening(folder());
    expect((await visit(url)).cookie).toContain('webhook-cli-');
    stop();
    expect(await ended).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('no browser started') as string,
    });
  });
});

test('a replay goes to --url, never to the recording’s host', async () => {
  const { url, received } = await startReceiver();
  const { visitor } = await inspecting(['--url', url]);
  expect((await visitor.post('/api/requests/2/replay', { sign: false })).json()).toMatchObject({ status: 200 });
  expect((await visitor.post('/api/requests/2/replay', { sign: true })).json()).toMatchObject({ status: 200 });
  const [before, after] = [signatureOf(approved, 'another-secret-0815'), signatureOf(approved, secret)];
  expect(received.map(({ headers }) => headers['x-fin-signature'])).toEqual(
    [before, after].map(headers => headers['x-fin-signature']),
  );
});

test('a remote receiver needs the flag', async () => {
  const { visitor, stop, ended } = await inspecting(['--url', 'https://198.51.100.7/hook']);
  expect((await visitor.get('/api/page')).json()).toMatchObject({ target: null, canSign: false });
  expect((await visitor.post('/api/requests/1/replay', { sign: true })).status).toBe(403);
  stop();
  expect((await ended).stderr).toContain('https://198.51.100.7 is a remote receiver; --allow-remote allows it');
  const allowed = await inspecting(['--url', 'https://198.51.100.7/hook', '--allow-remote']);
  expect((await allowed.visitor.get('/api/page')).json()).toMatchObject({ target: 'https://198.51.100.7/hook' });
});

test('shows other formats, too, and reports damage', async () => {
  const raw = 'POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}';
  const { visitor } = await inspecting([], folder(raw));
  expect((await visitor.get('/api/requests')).json()).toMatchObject({ total: 1, requests: [{ target: '/hook' }] });
  const damaged = await inspecting([], folder(Buffer.concat([record('a', 'A'), Buffer.from('{"v":1,"end":true}\n')])));
  expect((await damaged.visitor.get('/api/requests')).json()).toMatchObject({ total: 1 });
  damaged.stop();
  expect(await damaged.ended).toMatchObject({ exitCode: 65, stderr: expect.stringContaining('is corrupt') as string });
});

test.each<[string[], exitCode: number, words: string]>([
  [['missing', '--web'], 65, "can't read missing"],
  [['.', '--web'], 65, "can't read ."],
  [['-', '--web'], 2, "the page can't show standard input"],
  [['captured', '--web', '--diff'], 2, '--web and --diff were given together'],
  [['captured', '--web', '--html', 'x'], 2, '--web and --html were given together'],
  [['captured', '1', '2', '--html', 'x', '--diff'], 2, '--html and --diff were given together'],
  [['captured', '1', '--web'], 2, '--web and a number were given together'],
  [['captured', '--web', '--failed'], 2, '--web and --failed were given together'],
  [['captured', '--open'], 2, '--open needs --web'],
  [['captured', '--allow-remote'], 2, '--allow-remote needs --web'],
  [['captured', '--url', 'http://localhost'], 2, '--url needs --web'],
  [['--web', 'captured'], 2, '"captured" isn\'t a port'],
  [['captured', '--web', '70000'], 2, 'from 0 to 65,535'],
  [['captured', '--html', 'captured'], 2, '--html names the recording itself'],
  [['captured', '--html', 'link'], 2, '--html names the recording itself'],
  [['captured', '--html', '.'], 74, "can't write ."],
  [['captured', '--html', 'no/where.html'], 74, "can't write no/where.html"],
  [['captured', '--html', 'x', '--event', 'other'], 65, 'none of the'],
])('%j is refused', async (argv, exitCode, words) => {
  const cwd = folder();
  symlinkSync('captured', path.join(cwd, 'link'));
  const run = await webhookCli(['inspect', ...argv], { cwd, env });
  expect(run).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(words) as string });
  expect(readFileSync(path.join(cwd, 'captured'))).toEqual(recording);
});

test('an empty file has nothing to show', async () => {
  const run = await webhookCli(['inspect', 'captured', '--web'], { cwd: folder(''), env });
  expect(run).toMatchObject({ exitCode: 65, stderr: expect.stringContaining('there is no request in it') as string });
});

describe('the page as one file', () => {
  const hostile = '</script><script>alert(1)</script><!-- \u2028 "';
  const written = async (flags: readonly string[] = [], content: Uint8Array = recording) => {
    const cwd = folder(content);
    const run = await webhookCli(['inspect', 'captured', '--html', 'page.html', ...flags], { cwd, env });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const file = path.join(cwd, 'page.html');
    return { run, file, html: readFileSync(file, 'utf8') };
  };
  const dataIn = (html: string) =>
    JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '') as {
      page: object;
      requests: { index: number; whole: { bodyBase64: string } }[];
    };

  test('has the selected requests, and only its owner can read it', async () => {
    const { run, file, html } = await written(['--only', '2']);
    expect(run.stdout).toBe('page.html has 1 request\n');
    expect(dataIn(html)).toMatchObject({
      page: { title: 'captured', kind: 'recording', target: null, canSign: false },
      requests: [{ index: 2, file: 'captured', whole: { bodyBase64: approved.toString('base64') }, previous: null }],
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(html).not.toContain(secret);
  });

  test('runs only its own script, whatever a body or a target contains', async () => {
    const evil = encodeRecord({
      ...{ kind: 'request', id: 'e', seq: 1, receivedAt: hostile, method: 'POST', target: `/${hostile}` },
      ...{ complete: true, body: Buffer.from(hostile), headers: [['x-evil', hostile]] },
    });
    const { html } = await written([], evil);
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script\b/g)).toHaveLength(2);
    expect(dataIn(html).requests).toMatchObject([{ target: `/${hostile}` }]);
    const [, policy = ''] = /<meta http-equiv="content-security-policy" content="([^"]*)">/i.exec(html) ?? [];
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']{44}'; style-src 'sha256-[^']{44}';/);
    // The policy comes before everything it applies to, and nothing is loaded from elsewhere.
    expect(html.indexOf('http-equiv')).toBeLessThan(html.indexOf('<style'));
    expect(html).not.toMatch(/\b(?:src|href)="(?!data:)/);
  });

  test('is reported with --json', async () => {
    const { run } = await written(['--json']);
    expect(JSON.parse(run.stdout)).toEqual({ type: 'page-file', file: 'page.html', requests: 2 });
  });
});
