import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../../support/cli.js';
import { temporaryFolder } from '../../support/folder.js';
import { startReceiver } from '../../support/receiver.js';
import { secret } from '../receiver.js';
import { startApplication, type Steps } from './application.js';

/** An application that writes its state to files in a folder, which a command may show. */
async function startInFolder(changes: Partial<Steps> = {}) {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'log'), '');
  return { folder, ...(await startApplication(changes, folder)) };
}

interface Checking {
  url: string;
  folder?: string | undefined;
  probe: string;
  env?: NodeJS.ProcessEnv;
  flags?: string[];
}

async function check({ url, folder = temporaryFolder(), probe, env = {}, flags = [] }: Checking) {
  const usual = ['--only', 'effect-duplicate,effect-unsigned', '--probe-settle', '200ms'];
  const line = ['check', url, '--probe', probe, '--json', ...usual, ...flags];
  const surroundings = { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, ...env };
  const { exitCode, stdout, stderr } = await webhookCli(line, { env: surroundings, cwd: folder });
  expect(stdout + stderr).not.toMatch(/\u001b|::error/);
  const reports = reportsIn(stdout);
  const outcomes = reports.slice(0, -1).map(({ id, outcome }) => `${String(id)} ${String(outcome)}`);
  return { exitCode, outcomes, summary: reports.at(-1), failures: reportsIn(stderr), reports };
}

const passed = ['effect-duplicate passed', 'effect-unsigned passed'];

describe('a command', () => {
  test.each([
    ['without a shell, with a total', 'wc -l log'],
    ['with a shell, and the customer as a variable', 'cat "$WEBHOOK_CUSTOMER_ID" 2>&1 || true'],
    ['with the customer in it', 'test ! -e {customer} || cat {customer}'],
    ['with the event in it', 'grep -c {event} log; true'],
    ['with the event as a variable', 'grep -c "$WEBHOOK_EVENT_ID" log; true'],
  ])('shows the state, %s', async (_, probe) => {
    const right = await startInFolder();
    expect(await check({ ...right, probe })).toMatchObject({ exitCode: 0, outcomes: passed, failures: [] });
    const wrong = await startInFolder({ isFirst: () => true });
    expect((await check({ ...wrong, probe })).outcomes).toEqual(['effect-duplicate failed', 'effect-unsigned passed']);
  });

  test('that reads its input gets an empty one', async () => {
    const { url, folder } = await startInFolder();
    expect(await check({ url, folder, probe: 'wc -l - log' })).toMatchObject({ exitCode: 0 });
  });

  test('gets no secret, by name or by value', async () => {
    const { url, folder } = await startInFolder();
    writeFileSync(
      path.join(folder, 'webhook-cli.config.json'),
      JSON.stringify({ secretEnv: 'OLD_SECRET', profiles: { staging: { secretEnv: 'STAGING_SECRET' } } }),
    );
    const env = {
      ...{ WEBHOOK_SECRET: 'a secret of an earlier day', OLD_SECRET: 'old one', STAGING_SECRET: 'of staging' },
      ...{ MY_SECRET: secret, COPY_OF_IT: `x ${secret} y`, DATABASE_URL: 'postgres://here' },
    };
    const flags = ['--secret-env', 'MY_SECRET'];
    const probe = 'env > environment; wc -l log';
    expect(await check({ url, folder, probe, env, flags })).toMatchObject({ exitCode: 0, outcomes: passed });
    const lines = readFileSync(path.join(folder, 'environment'), 'utf8').split('\n');
    const names = lines.map(line => line.split('=')[0]);
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'PATH', 'WEBHOOK_CUSTOMER_ID', 'WEBHOOK_EVENT_ID']));
    expect(lines.filter(line => /secret|old one|staging|copy/i.test(line))).toEqual([]);
  });

  test('gets no variable of the dotenv file', async () => {
    const { url, folder } = await startInFolder();
    writeFileSync(path.join(folder, 'variables'), 'BASH_ENV=evil\nENV=evil\n');
    const probe = 'env > environment; wc -l log';
    expect(await check({ url, folder, probe, flags: ['--dotenv', 'variables'] })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path.join(folder, 'environment'), 'utf8')).not.toContain('evil');
  });

  test('that still prints the secret has it removed', async () => {
    const { url, folder } = await startInFolder({ isFirst: () => true });
    writeFileSync(path.join(folder, 'hidden'), secret);
    const { reports } = await check({ url, folder, probe: 'cat hidden; wc -l log' });
    expect(JSON.stringify(reports[0])).toContain('{secret}');
  });
});

describe('a probe that doesn’t respond gives exit code 65, and its output is shown:', () => {
  test.each([
    ['ls /no/such/folder-at-all', /^the probe ended with \d+: ls: .*\/no\/such\/folder-at-all/],
    ['no-such-program-at-all', /^the probe can't be started: no such file or folder \(ENOENT\)$/],
    ['echo oh no >&2; exit 7', /^the probe ended with 7: oh no$/],
    ['printf "bad \\033[31m ::error::" >&2; exit 3', /^the probe ended with 3: bad \u001b\[31m ::error::$/],
    ['kill -9 $$', /^the probe ended with SIGKILL$/],
    ['sleep 30', /^the probe took longer than 200ms$/],
    ['head -c 2000000 /dev/zero', /^the probe printed more than 1,048,576 bytes$/],
    ['date +%N', /^the probe kept changing for 200ms: it printed "\d+", then "\d+"$/],
  ])('%s', async (probe, words) => {
    const { url } = await startInFolder();
    const { exitCode, outcomes, summary, failures } = await check({ url, probe, flags: ['--timeout', '200ms'] });
    expect(exitCode).toBe(65);
    expect(outcomes).toEqual(['effect-duplicate not-run', 'effect-unsigned not-run']);
    expect(summary).toMatchObject({ isConformant: false, ended: 'probe-failed', notRun: 2 });
    expect(failures).toEqual([
      {
        type: 'error',
        code: 'input',
        message: expect.stringMatching(words) as string,
        hint: expect.anything() as string,
      },
    ]);
  });

  test('results before it are reported, and a document says why the run was cut short', async () => {
    const { url, folder } = await startInFolder();
    const line = ['check', url, '--only', 'valid,effect-unsigned', '--probe', 'false', '--report', 'json=a.json'];
    const { exitCode, stdout } = await webhookCli(line, { env: { WEBHOOK_SECRET: secret }, cwd: folder });
    expect(exitCode).toBe(65);
    expect(stdout).toMatch(/✔ {2}valid [^]*✘ 1 passed, 1 not run: the probe failed\n$/);
    expect(JSON.parse(readFileSync(path.join(folder, 'a.json'), 'utf8'))).toMatchObject({
      findings: [{ outcome: 'passed' }, { outcome: 'skipped' }, { suite: 'run', message: 'the probe ended with 1' }],
    });
  });
});

describe('a URL', () => {
  test('is requested with the ids in it; a 404 is a state', async () => {
    const { url, debug, asked } = await startApplication();
    const probe = `${debug}/customers/{customer}?event={event}`;
    expect(await check({ url, probe, flags: ['-H', 'x-tenant: 7'] })).toMatchObject({ exitCode: 0, outcomes: passed });
    expect(asked[0]?.path).toMatch(/^\/customers\/[0-9a-f-]{36}\?event=[0-9a-f-]{36}$/);
    // The user's headers may be credentials, and the URL has another origin.
    expect(asked[0]?.headers).toMatchObject({ 'user-agent': 'webhook-cli/0.0.0 (check)' });
    expect(asked[0]?.headers).not.toHaveProperty('x-tenant');
  });

  test.each<[number, RegExp]>([
    [500, /^the probe returned 500: out of \u001b order$/],
    [302, /^the probe returned 302: /],
    [401, /^the probe returned 401: /],
  ])('that returns %i gives exit code 65', async (status, words) => {
    const { url } = await startApplication();
    const broken = await startReceiver(response => response.writeHead(status).end('out\nof \u001b order'));
    const { exitCode, failures } = await check({ url, probe: broken.url });
    expect(exitCode).toBe(65);
    expect(failures).toMatchObject([{ message: expect.stringMatching(words) as string }]);
  });

  test('with nothing listening gives exit code 65', async () => {
    const { url } = await startApplication();
    const { exitCode, failures } = await check({ url, probe: 'http://127.0.0.1:1/' });
    expect(exitCode).toBe(65);
    expect(failures).toMatchObject([
      { message: 'the probe got no response: nothing is listening on http://127.0.0.1:1' },
    ]);
  });

  test.each(['https://debug.invalid/{customer}', 'http://{customer}/', 'http://127.0.0.1{event}/'])(
    'that is remote needs --allow-remote: %s',
    async probe => {
      const { url, received } = await startReceiver();
      const { exitCode, stderr } = await webhookCli(['check', url, '--probe', probe], {
        env: { WEBHOOK_SECRET: secret },
      });
      expect({ exitCode, received }).toEqual({ exitCode: 2, received: [] });
      expect(stderr).toContain('is a remote receiver\nhint: pass --allow-remote');
    },
  );
});

test('The output of a probe can’t control the terminal, and is cut.', async () => {
  const hostile = `\u001b[31m::error::${'long '.repeat(100)}`;
  const { url, debug } = await startApplication({
    isFirst: () => true,
    shown: ({ approvals }) => `${hostile}${approvals}`,
  });
  const line = ['check', url, '--only', 'effect-duplicate', '--probe', `${debug}/customers/{customer}`];
  const { stdout } = await webhookCli([...line, '--probe-settle', '100ms'], { env: { WEBHOOK_SECRET: secret } });
  expect(stdout).toContain(String.raw`got: the state changed from "status 404" to "\u001b[31m`);
  expect(stdout).not.toMatch(/\u001b|::error/);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThan(500);
});

test('Flags that need a probe are refused without one.', async () => {
  for (const flags of [
    ['--restart', 'true'],
    ['--probe-settle', '1s'],
  ]) {
    const { exitCode, stderr } = await webhookCli(['check', ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${flags[0] ?? ''} needs --probe\nhint: `);
  }
  expect(await webhookCli(['check', '--probe', ' '])).toMatchObject({ exitCode: 2 });
});
