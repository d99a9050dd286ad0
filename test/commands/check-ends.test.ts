import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { finCases as cases } from '../conformance/checking.js';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { reportsIn, startCli, webhookCli } from '../support/cli.js';
import { startSecureReceiver } from '../support/certificate.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: secret };

const check = (...argv: string[]) => webhookCli(['check', ...argv], { env });

describe('a receiver that can’t be reached', () => {
  test('gives exit code 69, and no case passes', async () => {
    const { exitCode, stdout, stderr } = await check('http://127.0.0.1:1/', '--json');
    expect(exitCode).toBe(69);
    const reports = reportsIn(stdout);
    expect(reports.slice(0, -1).every(({ outcome }) => outcome === 'not-run')).toBe(true);
    expect(reports.at(-1)).toMatchObject({ ended: 'gone', isConformant: false, passed: 0, notRun: cases.length });
    expect(stderr).toContain('nothing is listening on http://127.0.0.1:1');
    expect(stderr).toContain('--wait 30s waits until it responds');
  });

  test('prints one line, while a document lists each case', async () => {
    const { exitCode, stdout, stderr } = await check('http://127.0.0.1:1/');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 69,
      stdout: `✘ 0 passed, ${cases.length} not run: the receiver can't be reached\n`,
    });
    expect(stderr).toMatch(/^error: .*\nhint: start the receiver.*--wait.*\n$/);
    const { stdout: tap } = await check('http://127.0.0.1:1/', '--report', 'tap');
    expect(tap.split('\n').filter(line => line.startsWith('ok '))).toHaveLength(cases.length);
  });

  test('takes one line for all cases in Markdown, with the counts of the terminal, while programs get each case', async () => {
    const cwd = temporaryFolder();
    const forms = ['markdown', 'junit', 'json'];
    const line = ['check', 'http://127.0.0.1:1/', ...forms.flatMap(form => ['--report', `${form}=${form}`])];
    const { stdout } = await webhookCli(line, { env, cwd });
    const [markdown = '', junit = '', json = ''] = forms.map(form => readFileSync(path.join(cwd, form), 'utf8'));
    const totals = `0 passed, ${cases.length} not run: the receiver can't be reached`;
    expect(stdout).toBe(`✘ ${totals}\n`);
    expect(markdown.replaceAll('\\', '')).toContain(`### webhook-cli check\n\n${totals}\n`);
    expect(markdown.replaceAll('\\', '')).toContain(
      `| ➖ | ${cases.length} cases | not run: the receiver can't be reached |\n`,
    );
    expect(markdown.match(/➖/g)).toHaveLength(1);
    expect(junit.match(/<skipped/g)).toHaveLength(cases.length);
    expect(JSON.parse(json)).toMatchObject({ passed: 0, skipped: cases.length });
  });

  test('is waited for with --wait', async () => {
    const reserved = createServer().listen(0, '127.0.0.1');
    await once(reserved, 'listening');
    const { port } = reserved.address() as AddressInfo;
    await new Promise(resolve => reserved.close(resolve));
    const run = check(`http://127.0.0.1:${port}/`, '--only', 'valid', '--wait', '20s');
    const late = createServer((_, response) => response.end());
    onTestFinished(() => void late.close());
    await new Promise(resolve => setTimeout(resolve, 150));
    late.listen(port, '127.0.0.1');
    expect(await run).toMatchObject({ exitCode: 0 });
  });

  test('is not waited for beyond --wait', async () => {
    expect(await check('http://127.0.0.1:1/', '--wait', '150ms')).toMatchObject({ exitCode: 69 });
  });
});

/** Checks a receiver that crashes on a body that isn't an object. */
const checkMortal = async (...flags: string[]) => {
  const url = await startBehaviour({
    isEvent: json => json !== null,
    act: (json: { event?: unknown } | null, { server }) => {
      if (json?.event) return { status: 200 };
      server.close();
      server.closeAllConnections();
      throw new Error('dead');
    },
    fail: () => 'drop',
  });
  return check(url, '--only', 'valid,json-string,json-number,leaks', ...flags);
};

test('a receiver that dies midway gives exit code 69; that case fails and the rest doesn’t run', async () => {
  const { exitCode, stdout, stderr } = await checkMortal('--json');
  expect(exitCode).toBe(69);
  expect(reportsIn(stdout).map(({ id, outcome }) => [id, outcome])).toEqual([
    ['valid', 'passed'],
    ['json-string', 'failed'],
    ['json-number', 'not-run'],
    ...['leak-secret', 'leak-signature', 'leak-internals', 'leak-reason'].map(id => [id, 'not-run']),
    [undefined, undefined],
  ]);
  expect(stderr).toContain('the receiver is gone: nothing is listening on');
  expect(stderr).toContain(String.raw`\"json-string\" ran last and may be the cause`);
});

test('shows the cases that ran and counts the others', async () => {
  const { exitCode, stdout } = await checkMortal();
  expect(exitCode).toBe(69);
  expect(stdout).toMatch(/ {2}✔ {2}valid .*\nSurvives bad input\n {2}✘ {2}json-string .*\n\n✘ json-string\n/);
  expect(stdout).toMatch(/\n\n✘ 1 passed, 1 failed, 5 not run: the receiver can't be reached\n$/);
});

test('SIGINT gives exit code 130 and reports the cases that ran', async () => {
  const running = startCli(['check', await startBehaviour(), '--json'], { env });
  let printed = 0;
  createInterface({ input: running.stdout }).on('line', () => {
    printed += 1;
    if (printed === 3) running.stop();
  });
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(130);
  const reports = reportsIn(stdout);
  expect(reports).toHaveLength(cases.length + 1);
  expect(reports[0]).toMatchObject({ id: 'valid', outcome: 'passed' });
  expect(reports.at(-1)).toMatchObject({ ended: 'stopped', isConformant: false, failed: 0 });
});

describe('invalid input gives exit code 2, and nothing is sent:', () => {
  test.each([
    [['--only', 'tampred'], 'unknown case "tampred"\nhint: did you mean "tampered"?'],
    [['--skip', 'nothing-like-it-at-all'], 'hint: webhook-cli check --list shows the cases and groups'],
    [['--only', 'leaks', '--skip', 'leaks'], 'no case is left to run'],
    [['--only', ''], 'the value is empty'],
    [['--report', 'junti=a'], 'unknown report format "junti"\nhint: did you mean "junit"?'],
    [['--report', 'tap', '--report', 'github'], '--report: two reports without a file'],
    [['--report', 'tap=a', '--report', 'junit=a'], '--report: two reports for a'],
    [['--report', 'tap='], '--report: the value is empty'],
    [['-H', 'X-Fin-Signature: 00'], 'check sets x-fin-signature itself\nhint: remove -H x-fin-signature'],
    [['--algorithm', 'md5'], 'one of sha256, sha384, sha512'],
    [['--seed', 'x'], `"x" isn't a whole number`],
  ])('%j', async (flags, words) => {
    const { url, received } = await startReceiver();
    const { exitCode, stdout, stderr } = await check(url, ...flags);
    expect({ exitCode, stdout, received }).toEqual({ exitCode: 2, stdout: '', received: [] });
    expect(stderr).toContain(words);
  });

  test('a remote receiver without --allow-remote', async () => {
    const { exitCode, stderr } = await check('https://receiver.invalid/hook');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('https://receiver.invalid is a remote receiver\nhint: pass --allow-remote');
  });

  test('a remote receiver without its own secret', async () => {
    const { exitCode, stderr } = await webhookCli(['check', 'https://receiver.invalid/', '--allow-remote']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no signing secret for https://receiver.invalid');
  });
});

test('--list needs no network and no secret, and respects --only', async () => {
  const { exitCode, stdout } = await webhookCli(['check', '--list', '--only', 'leaks,valid']);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').map(line => line.trim().split(/ {2,}/).slice(0, 2))).toEqual([
    ['Accepts valid deliveries'],
    ['valid', 'required'],
    ['Leaks nothing'],
    ['leak-secret', 'required'],
    ['leak-signature', 'required'],
    ['leak-internals', 'required'],
    ['leak-reason', 'advised'],
    [''],
  ]);
});

test('requests carry the user’s headers, the suite’s own content types, and a customer that shows where it came from', async () => {
  const { url, received } = await startReceiver();
  const headers = ['-H', 'X-Tenant: 7', '-H', 'content-type: application/x', '--algorithm', 'sha512'];
  await check(url, '--only', 'valid,charset', '--seed', '42', ...headers);
  expect(received.map(({ headers }) => [headers['x-tenant'], headers['content-type']])).toEqual([
    ['7', 'application/x'],
    ['7', 'application/json; charset=utf-8'],
  ]);
  expect(received[0]?.headers['x-fin-signature-algorithm']).toBe('sha512');
  const bodies = received.map(
    ({ body }) => JSON.parse(body.toString()) as { event: { id: string }; data: { email: string } },
  );
  expect(new Set(bodies.map(({ event }) => event.id)).size).toBe(2);
  expect(new Set(bodies.map(({ data }) => data.email))).toEqual(new Set(['webhook-cli-check.42@example.com']));
});

test('https with --cacert also receives bodies in pieces', async () => {
  const { url, certificate } = await startSecureReceiver();
  const line = [url, '--only', 'valid,header-case,chunked,aborted'];
  expect(await check(...line, '--cacert', certificate)).toMatchObject({ exitCode: 0 });
  expect(await check(...line)).toMatchObject({ exitCode: 69 });
});
