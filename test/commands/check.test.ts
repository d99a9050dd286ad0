import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { finCases as cases } from '../conformance/checking.js';
import { pointsIn } from '../report/points.js';
import { readXml } from '../report/xml.js';
import { startBehaviour, secret } from '../conformance/receiver.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const env = { WEBHOOK_SECRET: secret };

const check = (url: string, ...flags: string[]) => webhookCli(['check', url, ...flags], { env });

/** Refuses as required, but with a status other than the advised one. */
const unadvised = () => startBehaviour({ refuse: () => ({ status: 403 }) });

describe('a correct receiver', () => {
  test('passes the whole suite, shown as a table and a line of totals', async () => {
    const { exitCode, stdout, stderr } = await check(await startBehaviour());
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.filter(line => line.startsWith('  ✔'))).toHaveLength(cases.length);
    expect(lines.filter(line => /^[A-Z]/.test(line))).toEqual([
      'Accepts valid deliveries',
      'Refuses forged deliveries',
      'Survives bad input',
      'Leaks nothing',
    ]);
    expect(stdout).toMatch(/ {2}✔ {2}valid {17}200 {11}\d+ ms\n/);
    expect(stdout.endsWith(`\n\n✔ ${cases.length} passed\n`)).toBe(true);
  });

  test('has a JSON report for each case and one for the run', async () => {
    const { stdout } = await check(await startBehaviour(), '--only', 'valid,unsigned', '--json', '--seed', '7');
    expect(reportsIn(stdout)).toEqual([
      {
        type: 'case',
        id: 'valid',
        group: 'accepts',
        level: 'required',
        outcome: 'passed',
        isFirst: true,
        ...{
          sent: 'a signed, valid event with the status APPROVED',
          statuses: [200],
          milliseconds: expect.any(Number) as number,
        },
      },
      expect.objectContaining({ id: 'unsigned', group: 'refuses', outcome: 'passed', statuses: [401] }),
      {
        type: 'summary',
        isConformant: true,
        ended: 'complete',
        passed: 2,
        failed: 0,
        advice: 0,
        notRun: 0,
        skipped: [],
        causes: [],
        shortcomings: [],
        seed: 7,
      },
    ]);
  });

  test('prints nothing with --quiet', async () => {
    expect(await check(await startBehaviour(), '--only', 'valid', '--quiet')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  });
});

describe('an incorrect receiver', () => {
  test('gives exit code 1, and shows what was sent, the response and the fix', async () => {
    const act = (json: { data: { extra?: number } }) => ({ status: json.data.extra === Infinity ? 500 : 200 });
    const { exitCode, stdout } = await check(await startBehaviour({ act }), '--only', 'valid,put,huge-number');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      [
        '✘ huge-number',
        '    sent: an event with the number 1e400',
        '    got: 500 Internal Server Error; expected 2xx or 4xx',
        '    fix: read it as infinity or return 400, but do not crash',
        '',
        '✘ 2 passed, 1 failed',
        '',
      ].join('\n'),
    );
  });

  test('that fails only advised cases gives exit code 0, and 1 with --strict', async () => {
    const url = await unadvised();
    const lax = await check(url, '--only', 'valid,unsigned');
    expect(lax.exitCode).toBe(0);
    expect(lax.stdout).toContain(
      '⚠ unsigned\n    sent: a valid event without a signature header\n    got: 403 Forbidden',
    );
    expect(lax.stdout).toContain('fix: the request was correctly refused, but Fin asks for status 401');
    expect(await check(url, '--only', 'valid,unsigned', '--strict')).toMatchObject({ exitCode: 1 });
  });

  test('gets advice that a receiver that always uses sha256 can follow', async () => {
    const url = await startBehaviour({ algorithmOf: () => 'sha256' });
    const { stdout } = await check(url, '--only', 'algorithm-unknown,algorithm-mismatch');
    expect(stdout.match(/fix: .*/g)).toHaveLength(2);
    expect(stdout.match(/fix: also return 401 if the header names an algorithm/g)).toHaveLength(2);
  });

  test('that refuses the first delivery gets likely causes, and no other case runs', async () => {
    const url = await startBehaviour({ matches: () => false });
    const { exitCode, stdout } = await check(url);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Accepts valid deliveries\n {2}✘ {2}valid .*\n\n✘ valid\n/);
    expect(stdout).toContain(
      `✘ 0 passed, 1 failed, ${cases.length - 1} not run: they would fail for the same reason\nhint: do both sides have the same secret`,
    );
  });

  test('that never responds fails a case: 1', async () => {
    const url = await startBehaviour({ act: () => new Promise(() => undefined) });
    const { exitCode, stdout } = await check(url, '--only', 'valid', '--timeout', '100ms');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('got: no response: it took too long; expected 2xx');
  });
});

describe('responses', () => {
  test('can’t control the terminal or forge a CI command', async () => {
    const body = 'at x (\u001b[31m/srv/::error::/a.js:1:2)';
    const url = await startBehaviour({ act: () => ({ status: 200, body }) });
    const { stdout } = await check(url, '--only', 'leak-internals');
    expect(stdout).toContain(String.raw`\u001b[31m`);
    expect(stdout).not.toMatch(/\u001b|::error/);
  });

  test('come from three deliveries if only leaks are checked', async () => {
    const url = await startBehaviour({ refuse: because => ({ status: 401, body: because }) });
    const { stdout, exitCode } = await check(url, '--only', 'leaks', '--json', '--strict');
    expect(exitCode).toBe(1);
    const outcomes = reportsIn(stdout).map(({ id, outcome, got }) => [id, outcome, got]);
    expect(outcomes).toEqual([
      ['leak-secret', 'passed', undefined],
      ['leak-signature', 'passed', undefined],
      ['leak-internals', 'passed', undefined],
      ['leak-reason', 'advice', { kind: 'leak', leak: { id: 'tampered', what: 'reason' } }],
      [undefined, undefined, undefined],
    ]);
  });
});

describe('documents', () => {
  test('are written together, and one of them replaces the text output', async () => {
    const cwd = temporaryFolder();
    const files = ['--report', 'junit=a.xml', '--report', 'markdown=a.md', '--report', 'json=a.json'];
    const line = ['check', await unadvised(), '--only', 'valid,unsigned,upper-case', ...files];
    const { exitCode, stdout } = await webhookCli([...line, '--report', 'tap'], { env, cwd });
    expect(exitCode).toBe(0);
    expect(pointsIn(stdout)).toMatchObject([
      { ok: true, name: 'accepts: valid' },
      { ok: true, name: 'refuses: unsigned', diag: { severity: 'warning', message: '403 Forbidden; expected 401' } },
      { ok: true, name: 'refuses: upper-case' },
    ]);
    const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
    expect(readXml(read('a.xml'))).toMatchObject({ testsuites: { tests: '3', failures: '0' } });
    expect(JSON.parse(read('a.json'))).toMatchObject({ passed: 2, failed: 0, warnings: 1 });
    expect(read('a.md')).toContain('\n\n2 passed, 1 warning\n\n');
    expect(read('a.md')).toMatch(/\n- receiver: http.*\n- time: \d{4}-.*Z, \d+\.\d s\n- seed: \d+\n/);
  });

  test('count the cases that didn’t run, and say that the run was cut short', async () => {
    const cwd = temporaryFolder();
    const line = ['check', 'http://127.0.0.1:1/', '--only', 'valid', '--report', 'junit=a.xml', '--report', 'github'];
    const { exitCode, stdout } = await webhookCli(line, { env, cwd });
    expect(exitCode).toBe(69);
    expect(stdout.split('\n')).toEqual([
      '::error title=run%3A completed::nothing is listening on http://127.0.0.1:1',
      "::notice title=webhook-cli check::1 not run: the receiver can't be reached",
      "webhook-cli check: 0 passed, 1 not run: the receiver can't be reached",
      '',
    ]);
    expect(readXml(readFileSync(path.join(cwd, 'a.xml'), 'utf8'))).toMatchObject({
      testsuites: { tests: '2', failures: '1' },
    });
  });

  test('in JSON are reports, too', async () => {
    const { stdout } = await check(await startBehaviour(), '--only', 'valid', '--report', 'tap', '--json');
    const [report, ...others] = reportsIn(stdout);
    expect(others).toEqual([]);
    expect(report).toMatchObject({ type: 'document', form: 'tap' });
    expect(Buffer.from(String(report?.['documentBase64']), 'base64').toString()).toContain('ok 1 - accepts: valid');
  });
});
