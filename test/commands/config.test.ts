import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, webhookCli, type Run } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening } from '../support/listening.js';
import { terminal } from '../support/in-words.js';

/** A project with this configuration; nothing listens at its target. */
function project(content: object): { cwd: string; run: (line: string, env?: object) => Promise<Run> } {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify(content));
  return { cwd, run: (line, env = {}) => webhookCli(line.split(' '), { cwd, homeDirectory: cwd, env: { ...env } }) };
}

const rowsOf = ({ stdout }: Run) => new Map(reportsIn(stdout).map(({ key, ...row }) => [key, row]));

test('config shows where each setting came from, but never a secret', async () => {
  const { cwd, run } = project({
    ...{ url: 'http://127.0.0.1:1/', timeout: '1500ms', dotenv: '.env', listen: { port: 0 } },
    profiles: { p: { headers: { authorization: 'Bearer hunter2', 'x-api-key': 'hunter2', 'x-a': '1' } } },
  });
  writeFileSync(path.join(cwd, '.env'), 'WEBHOOK_SECRET=a secret of mine');
  const result = await run('config --json --profile p --retries 2 -H x-a:2', { WEBHOOK_URL: 'http://127.0.0.1:2/' });
  const file = 'webhook-cli.config.json';
  const profile = { kind: 'profile', name: 'p', file };
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  expect(result.stdout).not.toMatch(/hunter2|a secret of mine/);
  const rows = rowsOf(result);
  expect(rows.get('config')).toMatchObject({ value: file, source: { kind: 'found' } });
  expect(rows.get('url')).toMatchObject({ value: 'http://127.0.0.1:2/', source: { kind: 'variable', name: 'WEBHOOK_URL' } }); // prettier-ignore
  expect(rows.get('timeout')).toMatchObject({ value: '1500ms', source: { kind: 'file', file } });
  expect(rows.get('retries')).toMatchObject({ value: 2, source: { kind: 'flag', name: '--retries' } });
  expect(rows.get('listen.port')).toMatchObject({ value: 0, source: { kind: 'file', file } });
  expect(rows.get('headers.authorization')).toMatchObject({ value: '[redacted]', source: profile });
  expect(rows.get('headers.x-api-key')).toMatchObject({ value: '[redacted]', source: profile });
  expect(rows.get('headers.x-a')).toMatchObject({ value: '2', source: { kind: 'flag', name: '--header' } });
  expect(rows.get('algorithm')).toMatchObject({ value: 'sha256', source: { kind: 'default' } });
  expect(rows.get('secret')).toMatchObject({
    ...{ value: null, bytes: 16, origin: 'WEBHOOK_SECRET in .env' },
    source: { kind: 'dotenv', name: 'WEBHOOK_SECRET', file: '.env' },
  });
});

test('reports one invalid setting once and still shows the others', async () => {
  const { exitCode, stdout, stderr } = await project({}).run('config --json', { WEBHOOK_URL: 'nonsense' });
  expect(exitCode).toBe(2);
  expect(reportsIn(stderr)).toMatchObject([{ code: 'usage' }]);
  expect([...rowsOf({ exitCode, stdout, stderr }).keys()]).toContain('check.timeout');
});

const level = `{
  "timeout": "1s",
  "headers": { "X-A": "1",
    "x.b": "2" },
  "secretEnv": "MINE",
  "dotenv": ".env",
  "listen": {
    "port": 0 }
}`;

test.each([
  { where: 'the file', text: level, flags: '', offset: 0 },
  {
    where: 'a profile',
    text: `{\n"timeout": "2s", "profiles": {\n"p": {}, "q.r":\n${level} } }`,
    ...{ flags: '--profile q.r', offset: 3 },
  },
])('config shows the line of each setting that comes from $where', async ({ text, flags, offset }) => {
  const { cwd, run } = project({});
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), text);
  const result = await run(`config --json -H x-c:3 ${flags}`.trim(), { MINE: 'mine' });
  const lines = [...rowsOf(result)].filter(([, row]) => 'line' in row).map(([key, { line }]) => [key, Number(line) - offset]); // prettier-ignore
  expect(Object.fromEntries(lines)).toEqual({
    ...{ timeout: 2, 'headers.x-a': 3, 'headers.x.b': 4, secret: 5, dotenv: 6, 'listen.port': 8 },
  });
});

test('shows for each secret the line of the key that names its file or variable', async () => {
  const { cwd, run } = project({});
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), '{\n"secretEnv": "mine",\n\n"secretFile": "mine"\n}');
  writeFileSync(path.join(cwd, 'mine'), 'old\nnew\n', { mode: 0o600 });
  const { stdout } = await run('config --json', { mine: 'third' });
  const secrets = reportsIn(stdout).filter(({ key }) => key === 'secret');
  expect(secrets.map(({ origin, line }) => [origin, line])).toEqual([
    ['mine (line 1)', 4],
    ['mine (line 2)', 4],
    ['mine', 2],
  ]);
});

test('prints the line in the form that editors open', async () => {
  const { run } = project({ url: 'http://127.0.0.1:1/', profiles: { p: { retries: 2 } } });
  const { stdout } = await run('config --profile p');
  expect(stdout).toContain('\nurl               http://127.0.0.1:1/             webhook-cli.config.json:1\n');
  expect(stdout).toContain(
    '\nretries           2                               webhook-cli.config.json:1  profile p\n',
  );
});

test.each([80, 40])('fits a terminal of %i columns', async columns => {
  const { cwd } = project({
    ...{ url: `https://example.com/${'a'.repeat(100)}`, secretEnv: 'A'.repeat(90) },
    ...{ headers: { ['x-a'.repeat(30)]: '1' }, profiles: { p: { timeout: '2s' } } },
  });
  const { stdout, shown } = terminal(columns);
  const env = { NO_COLOR: '1', ['A'.repeat(90)]: 'a secret of mine' };
  await webhookCli(['config', '--profile', 'p'], { cwd, stdout, env });
  expect(shown()).toContain('http');
  if (columns === 80) expect(shown()).toMatch(/https:\/\/example\.com\/a+… {2}webhook-cli\.config\.json:1\n/);
  for (const line of shown().split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
});

test('send uses the file’s settings, and flags take precedence', async () => {
  const { url, stop, ended } = await listening('--count', '1', '--show', 'headers');
  const { run } = project({
    url,
    headers: { 'x-tenant': 'a', 'x-other': 'b' },
    secretEnv: 'MINE',
    algorithm: 'sha512',
  });
  const sent = await run('send -s APPROVED -H x-tenant:c', { MINE: env.WEBHOOK_SECRET });
  expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
  stop();
  const { stdout } = await ended;
  expect(stdout).toContain('["x-tenant","c"]');
  expect(stdout).toContain('["x-other","b"]');
  expect(stdout).toContain('"algorithm":"sha512"');
});

test('listen uses its settings, and a flag for responses takes precedence over the file’s application', async () => {
  const { cwd, run } = project({ listen: { port: 0, save: 'r.ndjson', forwardTo: 'http://127.0.0.1:1/' }, secretEnv: 'MINE' }); // prettier-ignore
  const { exitCode, stdout } = await run('listen --respond 500 --timeout 1ms --json', { MINE: 'mine' });
  expect(exitCode).toBe(1);
  expect(reportsIn(stdout)[0]).toMatchObject({ type: 'ready', secrets: ['MINE'] });
  expect(existsSync(path.join(cwd, 'r.ndjson'))).toBe(true);
});

test('sign and verify use the file’s secret', async () => {
  const { cwd, run } = project({ secretFile: 'mine', algorithm: 'sha384' });
  writeFileSync(path.join(cwd, 'mine'), 'a secret of mine\n', { mode: 0o600 });
  writeFileSync(path.join(cwd, 'body'), approved);
  const { stdout } = await run('sign body');
  const signature = /x-fin-signature: (\w{96})\n/.exec(stdout)?.[1] ?? '';
  expect(await run(`verify --body body --algorithm sha384 --signature ${signature}`)).toMatchObject({ exitCode: 0 });
});

test('reports a target that only the file names before sending anything, even with --quiet', async () => {
  const remote = { url: 'http://receiver.invalid:1/' };
  const { cwd, run } = project({ ...remote, secretFile: 'mine', profiles: { d: { dotenv: '.env' }, l: { url: 'http://127.0.0.1:1' } } }); // prettier-ignore
  writeFileSync(path.join(cwd, 'mine'), 'a secret of mine', { mode: 0o600 });
  const warning = 'warning: only webhook-cli.config.json says to send this to http://receiver.invalid:1';
  const signed = await run('send -s APPROVED --quiet');
  expect(signed).toMatchObject({ exitCode: 69, stdout: '' });
  expect(signed.stderr).toContain(`${warning}, signed with a secret it names: mine\n`);
  expect((await run('send -s APPROVED --quiet --unsigned')).stderr).toContain(`${warning}\n`);
  expect((await run('send -s APPROVED --quiet', env)).stderr).toContain(`${warning}\n`);
  for (const line of [
    'send -s APPROVED --url http://receiver.invalid:1/',
    'send -s APPROVED --profile l',
    'send -s APPROVED --dry-run',
  ])
    expect((await run(line)).stderr).not.toContain('alone sends');
  writeFileSync(path.join(cwd, '.env'), 'WEBHOOK_URL=http://receiver.invalid:2/');
  expect((await run('send -s APPROVED --profile d')).stderr).toContain(
    'only .env says to send this to http://receiver.invalid:2',
  );
  expect((await run('send -s APPROVED --dotenv .env')).stderr).not.toContain('alone sends');
});

test('the development secret never goes to a target from a file', async () => {
  const { stderr, exitCode } = await project({ url: 'https://example.com/' }).run('send -s APPROVED');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('no signing secret for https://example.com');
});

test('commands that need no settings ignore a broken file', async () => {
  const { run } = project({ nonsense: true });
  expect(await run('fixtures approved')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await run('send -s APPROVED')).toMatchObject({ exitCode: 2, stdout: '' });
});
