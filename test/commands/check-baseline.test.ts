import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { secret, startBehaviour, type Behaviour } from '../conformance/receiver.js';
import { pointsIn } from '../report/points.js';
import { readXml } from '../report/xml.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const env = { WEBHOOK_SECRET: secret };

const only = ['--only', 'valid,unsigned,get,put'];

const fails = {
  put: { allows: method => method !== 'GET' },
  both: { allows: () => true },
  advice: { refuse: () => ({ status: 403 }) },
  unsigned: { refuse: () => ({ status: 200 }) },
} satisfies Record<string, Partial<Behaviour>>;

/** Commands in one folder, each with its own receiver. */
function createFolder() {
  const cwd = temporaryFolder();
  return {
    cwd,
    check: async (changes: Partial<Behaviour>, ...flags: string[]) =>
      webhookCli(['check', await startBehaviour(changes), ...flags], { env, cwd }),
    read: (file: string) => readFileSync(path.join(cwd, file), 'utf8'),
    write: (file: string, text: string) => {
      writeFileSync(path.join(cwd, file), text);
    },
  };
}

describe('with a baseline,', () => {
  test('lists known failures and passes', async () => {
    const { check } = createFolder();
    expect(await check(fails.both, ...only, '--report', 'json=check.json')).toMatchObject({ exitCode: 1 });
    const { exitCode, stdout } = await check(fails.both, ...only, '--baseline', 'check.json');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ {2}⚠ {2}get +200 +\d+ ms {2}known\n/);
    expect(stdout).toMatch(/\n\n✔ 2 passed, 2 known\n⚠ known: get, put\n$/);
    expect(stdout).not.toContain('fix:');
  });

  test('fails on new failures and lists fixed ones', async () => {
    const { check } = createFolder();
    await check(fails.put, ...only, '--report', 'json=check.json');
    const worse = await check({ ...fails.both, ...fails.advice }, ...only, '--strict', '--baseline', 'check.json');
    expect(worse.exitCode).toBe(1);
    expect(worse.stdout).toMatch(/\n✘ get\n[^]*\n✘ 1 passed, 1 failed, 1 warning, 1 known\n⚠ known: put\n$/);
    const better = await check({}, ...only, '--baseline', 'check.json');
    expect(better.exitCode).toBe(0);
    expect(better.stdout).toMatch(/\n✔ 4 passed\n✔ fixed: put\n$/);
  });

  test('has both lists in JSON and marks known failures', async () => {
    const { check } = createFolder();
    await check(fails.both, ...only, '--report', 'json=check.json');
    const { stdout } = await check(fails.put, ...only, '--baseline', 'check.json', '--json');
    const reports = reportsIn(stdout);
    expect(reports.filter(({ isKnown }) => isKnown).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['put', 'failed'],
    ]);
    expect(reports.at(-1)).toMatchObject({ isConformant: true, failed: 0, known: ['put'], fixed: ['get'] });
  });

  test('treats advice that was ignored before as known with --strict, but not a failure of the same case', async () => {
    const { check } = createFolder();
    await check(fails.advice, ...only, '--strict', '--report', 'json=strict.json');
    await check(fails.advice, ...only, '--report', 'json=lax.json');
    for (const file of ['strict.json', 'lax.json']) {
      const same = await check(fails.advice, ...only, '--strict', '--baseline', file);
      expect(same).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('⚠ known: unsigned') as string });
      const worse = await check(fails.unsigned, ...only, '--baseline', file);
      expect(worse).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('✘ unsigned\n') as string });
    }
  });

  test('shows known failures as warnings in every document, which is a baseline itself', async () => {
    const { check, read } = createFolder();
    await check(fails.put, ...only, '--report', 'json=check.json');
    const documents = ['junit', 'tap', 'json'].flatMap(form => ['--report', `${form}=a.${form}`]);
    await check(fails.put, ...only, '--baseline', 'check.json', ...documents);
    expect(readXml(read('a.junit'))).toMatchObject({ testsuites: { tests: '4', failures: '0' } });
    expect(pointsIn(read('a.tap')).at(-1)).toMatchObject({
      ...{ ok: true, name: 'refuses: put' },
      diag: { severity: 'warning', message: 'known: 200 OK; expected 404, 405 or 501' },
    });
    expect(await check(fails.put, ...only, '--baseline', 'a.json')).toMatchObject({ exitCode: 0 });
    expect(await check(fails.both, ...only, '--baseline', 'a.json')).toMatchObject({ exitCode: 1 });
  });

  test('does not pass if the receiver can’t be reached', async () => {
    const { cwd, check } = createFolder();
    await check(fails.put, ...only, '--report', 'json=check.json');
    const line = ['check', 'http://127.0.0.1:1/', '--only', 'put', '--baseline', 'check.json'];
    expect(await webhookCli(line, { env, cwd })).toMatchObject({ exitCode: 69 });
  });
});

describe('--update-baseline', () => {
  const skip = JSON.stringify({ check: { skip: ['slow-body', 'deep', 'fast'] } });

  test('writes the report of a complete run, which applies from the next run', async () => {
    const { check, read, write } = createFolder();
    write('webhook-cli.config.json', skip);
    const flags = ['--baseline', 'base.json', '--update-baseline'];
    const first = await check(fails.both, ...flags);
    expect(first.exitCode).toBe(1);
    const { findings } = JSON.parse(read('base.json')) as { findings: { name: string; outcome: string }[] };
    const failed = findings.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
    expect(failed).toEqual(expect.arrayContaining(['get', 'put']));
    const second = await check(fails.both, ...flags);
    expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('⚠ known: ') as string });
    expect((JSON.parse(read('base.json')) as { findings: unknown }).findings).toHaveLength(findings.length);
    const third = await check(fails.put, ...flags);
    expect(third.stdout).toContain('✔ fixed: get');
    expect(await check(fails.both, '--baseline', 'base.json')).toMatchObject({ exitCode: 1 });
  });

  test('leaves the file unchanged if the run was cut short', async () => {
    const { cwd, check } = createFolder();
    const flags = ['--baseline', 'base.json', '--update-baseline'];
    const { exitCode, stderr } = await check({ matches: () => false }, ...flags);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("warning: base.json wasn't updated: not every case was run\n");
    expect(existsSync(path.join(cwd, 'base.json'))).toBe(false);
  });

  test.each([
    [['--update-baseline'], '--update-baseline needs --baseline'],
    [['--update-baseline', '--baseline', 'a', '--only', 'valid'], '--update-baseline and --only were given together'],
    [['--update-baseline', '--baseline', 'a', '--skip', 'valid'], '--update-baseline and --skip were given together'],
    [['--update-baseline', '--baseline', 'a', '--rerun', 'a'], '--update-baseline and --rerun were given together'],
    [['--rerun', 'a', '--only', 'valid'], '--rerun and --only were given together'],
    [
      ['--update-baseline', '--baseline', 'a.json', '--report', 'json=a.json'],
      '--report: two reports for a.json: a file holds one document',
    ],
  ])('%j is refused', async (flags, words) => {
    const { exitCode, stderr } = await createFolder().check({}, ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${words}\nhint: `);
  });
});

describe('--rerun', () => {
  test('runs failed cases, and with --strict ignored advice, too', async () => {
    const { check } = createFolder();
    await check({ ...fails.both, ...fails.advice }, ...only, '--report', 'json=check.json');
    const lax = await check({}, '--rerun', 'check.json', '--json');
    expect(reportsIn(lax.stdout).map(({ id }) => id)).toEqual(['get', 'put', undefined]);
    const strict = await check({}, '--rerun', 'check.json', '--strict', '--json');
    expect(reportsIn(strict.stdout).map(({ id }) => id)).toEqual(['unsigned', 'get', 'put', undefined]);
    const less = await check({}, '--rerun', 'check.json', '--skip', 'get', '--json');
    expect(reportsIn(less.stdout).map(({ id }) => id)).toEqual(['put', undefined]);
  });

  test('has nothing to run if nothing failed', async () => {
    const { check } = createFolder();
    await check({}, ...only, '--report', 'json=check.json');
    const { exitCode, stderr } = await check({}, '--rerun', 'check.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: no case failed in check.json\nhint: leave out --rerun');
  });

  test('warns about cases that this version doesn’t have', async () => {
    const { check, write } = createFolder();
    const finding = (name: string) => ({ suite: 'refuses', name, outcome: 'failed' });
    const report = { version: 1, title: 'webhook-cli check', findings: [finding('put'), finding('gone \u001b[31m')] };
    write('check.json', JSON.stringify(report));
    const { exitCode, stderr } = await check({}, '--rerun', 'check.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: "warning: check.json has cases this version doesn't know: gone \\u001b[31m\n",
    });
  });

  test('needs a probe for cases that depend on one', async () => {
    const { check, write } = createFolder();
    const findings = [{ suite: 'effects', name: 'effect-duplicate', outcome: 'failed' }];
    write('check.json', JSON.stringify({ version: 1, title: 'webhook-cli check', findings }));
    const { exitCode, stderr } = await check({}, '--rerun', 'check.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"effect-duplicate" needs --probe');
  });
});

describe('a file that isn’t a report of check gives exit code 65, and nothing is sent:', () => {
  const finding = { suite: 'accepts', name: 'valid', outcome: 'passed' };
  test.each<[string, string | undefined, string]>([
    ['missing', undefined, "can't read check.json: no such file or folder (ENOENT)"],
    ['empty', '', "check.json isn't JSON"],
    ['broken', '{"version":1,', "check.json isn't JSON"],
    ['no object', '[]', "check.json isn't a report"],
    ['of another version', JSON.stringify({ version: 2, title: '', findings: [] }), 'version is invalid'],
    ['another tool’s', JSON.stringify({ version: 1, title: 'x' }), 'findings is invalid'],
    [
      'with an odd finding',
      JSON.stringify({ version: 1, title: 'x', findings: [finding, { ...finding, outcome: 'odd' }] }),
      "check.json isn't a report: findings[1].outcome is invalid",
    ],
    [
      'of another command',
      JSON.stringify({ version: 1, title: 'webhook-cli validate', findings: [finding] }),
      "check.json isn't a report of check",
    ],
    ['huge', ' '.repeat(1024 * 1024 + 1), 'check.json is larger than 1024 KiB'],
  ])('%s', async (_, text, words) => {
    const { check, write } = createFolder();
    if (text !== undefined) write('check.json', text);
    for (const flag of ['--baseline', '--rerun']) {
      const { exitCode, stdout, stderr } = await check({}, flag, 'check.json');
      expect({ exitCode, stdout }).toEqual({ exitCode: 65, stdout: '' });
      expect(stderr).toContain(words);
      expect(stderr).toContain('\nhint: webhook-cli check --report json=<file> writes one\n');
    }
  });
});
