import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const edit = (env: Record<string, string>, ...flags: string[]) =>
  webhookCli(['send', '-f', 'approved', '--edit', '--dry-run', '--unsigned', ...flags], {
    env: { PATH: process.env['PATH'], ...env },
  });

test('what the editor leaves is what is sent, to the byte', async () => {
  const look = path.join(temporaryFolder(), 'look');
  const env = { VISUAL: `stat -c '%a' . event.json > ${look}; sed -i 's/APPROVED/QUEUED/'`, EDITOR: 'false' };
  const { exitCode, stdout } = await edit(env);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('\n    "customer_status": "QUEUED",\n');
  expect((await webhookCli(['send', look, '--dry-run', '--unsigned'])).stdout).toContain('\r\n\r\n700\n600\n');
});

test('unchanged, the event goes out as it was, and that is said', async () => {
  const { exitCode, stdout, stderr } = await edit({ EDITOR: 'true' });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: 'warning: nothing was changed: the event goes out as it was\n',
  });
  expect(stdout).toContain('{"event":{"id":');
});

test('what no longer fits the schema is 65, unless that is wanted', async () => {
  const env = { EDITOR: "sed -i '/customer_id/d'" };
  expect(await edit(env)).toMatchObject({ exitCode: 65, stdout: '' });
  expect(await edit(env, '--invalid')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('an editor that fails sends nothing, and leaves nothing behind', async () => {
  const look = path.join(temporaryFolder(), 'look');
  const { exitCode, stdout, stderr } = await edit({ EDITOR: `pwd > ${look}; test -e event.json && false` });
  expect({ exitCode, stdout }).toEqual({ exitCode: 65, stdout: '' });
  expect(stderr).toContain('the editor ended with 1: nothing was sent');
  const folder = readFileSync(look, 'utf8').trim();
  expect(path.basename(folder)).toMatch(/^webhook-cli-/);
  expect(existsSync(folder)).toBe(false);
});

test('Ctrl-C while an editor is open is 130, and its end no failure of its own', async () => {
  const [started, go] = ['started', 'go'].map(name => path.join(temporaryFolder(), name));
  const EDITOR = `touch ${started}; until [ -e ${go} ]; do sleep 0.02; done; false`;
  const running = startCli(['send', '-f', 'approved', '--edit', '--dry-run', '--unsigned'], {
    env: { PATH: process.env['PATH'], EDITOR },
  });
  await expect.poll(() => existsSync(started!)).toBe(true);
  running.stop();
  writeFileSync(go!, '');
  expect(await running.ended).toEqual({ exitCode: 130, stdout: '', stderr: '' });
});

test('a secret that is missing is told of before anybody edits', async () => {
  const look = path.join(temporaryFolder(), 'look');
  const env = { PATH: process.env['PATH'], EDITOR: `touch ${look};` };
  const line = ['send', '-f', 'approved', '--edit', '--url', 'https://example.com/'];
  expect(await webhookCli(line, { env })).toMatchObject({ exitCode: 2, stdout: '' });
  expect(existsSync(look)).toBe(false);
});

test('a command line that makes no sense makes no development secret either', async () => {
  const homeDirectory = temporaryFolder();
  expect(await webhookCli(['send', 'x', '--edit'], { homeDirectory })).toMatchObject({ exitCode: 2 });
  expect(readdirSync(homeDirectory)).toEqual([]);
});

test('without an editor, --edit is a usage error', async () => {
  expect(await edit({})).toMatchObject({ exitCode: 2, stdout: '' });
});

test('a dotenv file chooses no editor, and gives it nothing', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, '.env'), 'VISUAL=touch ran;\nWEBHOOK_CANARY=x\n');
  const line = ['send', '-f', 'approved', '--edit', '--dry-run', '--unsigned', '--dotenv', '.env'];
  const { exitCode, stderr } = await webhookCli(line, { cwd, env: { PATH: process.env['PATH'] } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('neither VISUAL nor EDITOR is set');
  const EDITOR = 'test -z "$WEBHOOK_CANARY" && true';
  expect(await webhookCli(line, { cwd, env: { PATH: process.env['PATH'], EDITOR } })).toMatchObject({ exitCode: 0 });
  expect(readdirSync(cwd)).toEqual(['.env']);
});
