import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const edit = (env: Record<string, string>, ...flags: string[]) =>
  webhookCli(['send', '-f', 'approved', '--edit', '--dry-run', '--unsigned', ...flags], {
    env: { PATH: process.env['PATH'], ...env },
  });

test('sends exactly what the editor saved', async () => {
  const look = path.join(temporaryFolder(), 'look');
  const env = { VISUAL: `stat -c '%a' . event.json > ${look}; sed -i 's/APPROVED/QUEUED/'`, EDITOR: 'false' };
  const { exitCode, stdout } = await edit(env);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('\n    "customer_status": "QUEUED",\n');
  expect((await webhookCli(['send', look, '--dry-run', '--unsigned'])).stdout).toContain('\r\n\r\n700\n600\n');
});

test('sends an unchanged event as it was, and says so', async () => {
  const { exitCode, stdout, stderr } = await edit({ EDITOR: 'true' });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: 'warning: nothing was changed: sending the original event\n',
  });
  expect(stdout).toContain('{"event":{"id":');
});

/** The file that a run reports it has kept. It's removed after the test. */
function keptIn(stderr: string): { file: string; text: string } {
  const [, file = ''] = /^warning: the edited event is kept in (.+)$/m.exec(stderr) ?? [];
  onTestFinished(() => {
    rmSync(path.dirname(file), { recursive: true });
  });
  return { file, text: readFileSync(file, 'utf8') };
}

/** A program that runs a different script each time it's called. */
function editorOf(...scripts: string[]): string {
  const file = path.join(temporaryFolder(), 'editor.sh');
  const cases = scripts.map((script, index) => `${index + 1}) ${script} ;;`);
  writeFileSync(
    file,
    `echo x >> ${file}.calls\ncase $(wc -l < ${file}.calls | tr -d ' ') in\n${cases.join('\n')}\nesac\n`,
  );
  return `sh ${file}`;
}

const breakIt = `sed -i '/"customer_id"/d' "$1"`;

test('an event that no longer fits the schema gives exit code 65 without --invalid, and is kept', async () => {
  const env = { EDITOR: "sed -i '/customer_id/d'" };
  const { exitCode, stdout, stderr } = await edit(env);
  expect({ exitCode, stdout }).toEqual({ exitCode: 65, stdout: '' });
  expect(stderr).toContain("error: the payload isn't a valid event: data.customer_id is missing");
  const { file, text } = keptIn(stderr);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(text)).toMatchObject({ data: { customer_status: 'APPROVED' } });
  expect(await edit(env, '--invalid')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('the editor opens again with the problem at the top, which isn’t sent', async () => {
  const look = path.join(temporaryFolder(), 'look');
  const fix = `cp "$1" ${look}; sed -i 's/"data": {/"data": {"customer_id":"6b042125-686a-43e0-8a68-23cf5bee102e",/' "$1"`;
  const { exitCode, stdout, stderr } = await edit({ EDITOR: editorOf(breakIt, fix) });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(readFileSync(look, 'utf8')).toMatch(/^# data\.customer_id is missing\n# Fix it, or close[^\n]*\n\{\n/);
  expect(stdout).toContain('"customer_id":"6b042125-686a-43e0-8a68-23cf5bee102e"');
  expect(stdout).not.toContain('#');
});

test('invalid JSON is a problem like any other', async () => {
  const { exitCode, stderr } = await edit({ EDITOR: editorOf('echo "{" > "$1"', 'true') });
  expect(exitCode).toBe(65);
  expect(stderr).toContain("isn't JSON");
  expect(keptIn(stderr).text).toBe('{\n');
});

test('an editor that fails after a change sends nothing, and the change is kept', async () => {
  const { exitCode, stderr } = await edit({ EDITOR: editorOf(`sed -i s/APPROVED/QUEUED/ "$1"; exit 3`) }, '--quiet');
  expect(exitCode).toBe(65);
  expect(stderr).toContain('the editor ended with 3: nothing was sent');
  expect(keptIn(stderr).text).toContain('QUEUED');
});

test('giving up on one event keeps the edited event before it', async () => {
  const editor = editorOf(`sed -i s/APPROVED/QUEUED/ "$1"`, 'exit 1');
  const { exitCode, stderr } = await edit({ EDITOR: editor }, '-f', 'queued');
  expect(exitCode).toBe(65);
  expect(keptIn(stderr).text).toContain('QUEUED');
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

test('Ctrl-C while an editor is open gives exit code 130, and isn’t reported as a failure of the editor', async () => {
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

test('a missing secret is reported before the editor opens', async () => {
  const look = path.join(temporaryFolder(), 'look');
  const env = { PATH: process.env['PATH'], EDITOR: `touch ${look};` };
  const line = ['send', '-f', 'approved', '--edit', '--url', 'https://example.com/'];
  expect(await webhookCli(line, { env })).toMatchObject({ exitCode: 2, stdout: '' });
  expect(existsSync(look)).toBe(false);
});

test('an invalid command line doesn’t create a development secret', async () => {
  const homeDirectory = temporaryFolder();
  expect(await webhookCli(['send', 'x', '--edit'], { homeDirectory })).toMatchObject({ exitCode: 2 });
  expect(readdirSync(homeDirectory)).toEqual([]);
});

test('without an editor, --edit is a usage error', async () => {
  expect(await edit({})).toMatchObject({ exitCode: 2, stdout: '' });
});

test('a dotenv file can’t choose the editor or set its environment', async () => {
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
