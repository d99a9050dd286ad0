import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { terminal } from '../support/in-words.js';
import { approved, env, listening } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';
import { isTerminalMissing, keys, onTerminal } from '../support/pseudo-terminal.js';

const { down, enter, escape, interrupt, space } = keys;

describe.skipIf(isTerminalMissing)('on a terminal (needs script from util-linux)', () => {
  test('init asks, refuses invalid answers, and writes the rest', async () => {
    const cwd = temporaryFolder();
    const { answer, ended } = onTerminal(['init'], { cwd });
    await answer('Where is your receiver?', `localhost${enter}`);
    await answer('is missing http:// or https://', `${'\u007f'.repeat(9)}http://localhost:3000/hook${enter}`);
    await answer('Where is the signing secret?', `${down.repeat(3)}${enter}`);
    await answer('The secret', `typed by hand${enter}`);
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(0);
    expect(screen).not.toContain('typed by hand');
    expect(screen).toContain('webhook-cli send --status APPROVED');
    expect(JSON.parse(readFileSync(path.join(cwd, 'webhook-cli.config.json'), 'utf8'))).toEqual({
      ...{ url: 'http://localhost:3000/hook', dotenv: '.env', secretEnv: 'WEBHOOK_SECRET' },
    });
    expect(readFileSync(path.join(cwd, '.env'), 'utf8')).toBe("WEBHOOK_SECRET='typed by hand'\n");
    expect(statSync(path.join(cwd, '.env')).mode & 0o777).toBe(0o600);
  });

  test('send without a source asks for a status', async () => {
    const { url } = await listening('--count', '1');
    const { answer, ended } = onTerminal(['send', '--url', url], { cwd: temporaryFolder(), env });
    await answer('under review', `${down.repeat(3)}${enter}`);
    const { exitCode, screen } = await ended;
    expect(screen).toMatch(/✔ Which status\? APPROVED\b[^]*→ customer\.status {2}APPROVED[^]*← 200 OK/);
    expect(exitCode).toBe(0);
  });

  test('replay of several requests asks which ones', async () => {
    const cwd = temporaryFolder();
    const save = path.join(cwd, 'r.ndjson');
    await webhookCli(['send', '-s', 'QUEUED,APPROVED', '--save', save, '--url', 'http://127.0.0.1:1'], { env });
    const { url } = await listening('--count', '1');
    const { answer, ended } = onTerminal(['replay', 'r.ndjson', '--url', url], { cwd, env });
    await answer('2  customer.status  APPROVED', `${space}${enter}`);
    const { exitCode, screen } = await ended;
    expect(screen).toMatch(/→ customer\.status {2}APPROVED[^]*← 200 OK/);
    expect(screen).not.toContain('→ customer.status  QUEUED');
    expect(exitCode).toBe(0);
  });

  test('replay shows the response that each request got', async () => {
    const cwd = temporaryFolder();
    const facts = { method: 'POST', target: '/', headers: [], complete: true, receivedAt: '2026-01-31T09:30:00.000Z' };
    const verdict = { status: 200, answeredBy: 'application' };
    const records = [500, 200].flatMap((status, index) => [
      encodeRecord({ ...facts, kind: 'request', id: `r${index}`, seq: index + 1, body: approved, verdict }),
      encodeRecord({
        ...facts,
        kind: 'reply',
        id: `a${index}`,
        seq: 1,
        of: `r${index}`,
        status,
        body: Buffer.from(''),
      }),
    ]);
    writeFileSync(path.join(cwd, 'r.ndjson'), Buffer.concat(records));
    const { url } = await listening('--count', '1');
    const { answer, ended } = onTerminal(['replay', 'r.ndjson', '--url', url], { cwd, env });
    await answer('2  customer.status  APPROVED', `${space}${enter}`);
    const { screen } = await ended;
    expect(screen).toContain('Which requests? (--failed takes those without a 2xx response)');
    expect(screen).toMatch(/1 {2}customer\.status {2}APPROVED {2}\w{8} {2}→ 500 /);
    expect(screen).toMatch(/2 {2}customer\.status {2}APPROVED {2}\w{8} {2}→ 200 /);
  });

  test('Ctrl-C at a question gives exit code 130, and nothing happens', async () => {
    const cwd = temporaryFolder();
    const { answer, ended } = onTerminal(['init', '--url', 'http://localhost:1/'], { cwd });
    await answer('Where is the signing secret?', interrupt);
    expect((await ended).exitCode).toBe(130);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('and so does Esc, before a replay to a remote receiver', async () => {
    const cwd = temporaryFolder();
    const file = path.join(cwd, 'r.ndjson');
    await webhookCli(['send', '-f', 'approved', '--save', file, '--url', 'http://127.0.0.1:1'], { env });
    const { answer, ended } = onTerminal(['replay', 'r.ndjson', '--url', 'http://receiver.invalid:1/'], { cwd, env });
    await answer('http://receiver.invalid:1 is a remote receiver. Send to it?', escape);
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(130);
    expect(screen).not.toContain('→');
    expect(existsSync(file)).toBe(true);
  });

  test.each([
    ['y', 0],
    ['n', 130],
    [escape, 130],
    [interrupt, 130],
  ])('init asks before overwriting a file, and %j gives exit code %i', async (key, code) => {
    const cwd = temporaryFolder();
    const file = path.join(cwd, 'webhook-cli.config.json');
    writeFileSync(file, '{}');
    const { answer, ended } = onTerminal(['init', '--url', 'http://localhost:1/', '--secret-env', 'MINE'], { cwd });
    await answer(
      'webhook-cli.config.json already exists. Overwrite it?',
      key.length === 1 && key !== escape && key !== interrupt ? `${key}${enter}` : key,
    );
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(code);
    expect(screen.includes('--force overwrites it')).toBe(key === 'n');
    expect(readFileSync(file, 'utf8')).toEqual(code === 0 ? expect.stringContaining('"MINE"') : '{}');
  });

  test.each([
    ['check', ['--only', 'valid'], '✔ 1 passed'],
    ['replay', ['r.ndjson'], '← 200 OK'],
  ])('%s sends to a remote receiver after a yes, and nothing after a no', async (name, flags, shown) => {
    const cwd = temporaryFolder();
    const file = path.join(cwd, 'r.ndjson');
    await webhookCli(['send', '-f', 'approved', '--save', file, '--url', 'http://127.0.0.1:1'], { env });
    const { url, received } = await startReceiver();
    // It's this machine, but its spelling makes it look remote.
    const target = url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    const argv = name === 'check' ? [name, target, ...flags] : [name, ...flags, '--url', target];
    const said = async (key: string) => {
      const { answer, ended } = onTerminal(argv, { cwd, env });
      await answer('is a remote receiver. Send to it?', `${key}${enter}`);
      return ended;
    };
    const refused = await said('n');
    expect({ exitCode: refused.exitCode, received }).toEqual({ exitCode: 130, received: [] });
    expect(refused.screen).toContain('error: nothing was sent');
    const sent = await said('y');
    expect(sent.exitCode).toBe(0);
    expect(sent.screen).toContain(shown);
    expect(received).toHaveLength(1);
  });

  test('asks nothing if CI is set', async () => {
    const { ended } = onTerminal(['send'], { cwd: temporaryFolder(), env: { CI: 'true' } });
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(2);
    expect(screen).toContain('error: nothing to send');
  });
});

test('cuts choices that are wider than the terminal', async () => {
  const stdin = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
  const shown = new Promise<string>(resolve => {
    let screen = '';
    stderr.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      if (screen.includes('navigate')) resolve(stripVTControlCharacters(screen));
    });
  });
  const { stdout } = terminal(40);
  const { ended } = startCli(['send'], { stdin, stdout, stderr, isStdinTerminal: true, env: { NO_COLOR: '1' } });
  expect((await shown).split('\n')).toContain('  ASSOCIATED_PARTIES_REMAINING  assoc…');
  stdin.write(interrupt);
  expect((await ended).exitCode).toBe(130);
});
