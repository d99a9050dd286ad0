import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const folder = path.join(root, 'fixtures/events');

test('lists all fixtures', async () => {
  const { exitCode, stdout } = await webhookCli(['fixtures']);
  expect(exitCode).toBe(0);
  const names = stdout
    .trimEnd()
    .split('\n')
    .map(line => line.split(' ')[0]);
  expect(names).toEqual(
    readdirSync(folder)
      .map(file => file.replace('.json', ''))
      .sort(),
  );
});

test('prints one byte for byte, even with --quiet', async () => {
  const { exitCode, stdout } = await webhookCli(['fixtures', 'approved', '--quiet']);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(readFileSync(path.join(folder, 'approved.json'), 'utf8'));
});

test('--json has the body as text', async () => {
  const { stdout } = await webhookCli(['fixtures', 'trimmed', '--json']);
  const [report] = reportsIn(stdout);
  expect(report).toMatchObject({
    type: 'fixture',
    name: 'trimmed',
    event: { type: 'customer.status', status: 'QUEUED' },
  });
  expect(report?.['body']).toBe(readFileSync(path.join(folder, 'trimmed.json'), 'utf8'));
});

test('a misspelt name gets the nearest one as a suggestion', async () => {
  const { exitCode, stderr } = await webhookCli(['fixtures', 'busines-queued']);
  expect(exitCode).toBe(2);
  expect(stderr).toBe('error: unknown fixture "busines-queued"\nhint: did you mean "business-queued"?\n');
});

/** A project with two custom fixtures, and others in a profile. */
function project(): string {
  const cwd = temporaryFolder();
  const config = { fixtures: 'own', profiles: { p: { fixtures: 'others' }, q: { fixtures: 'missing' } } };
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify(config));
  for (const name of ['own', 'others', 'sub']) mkdirSync(path.join(cwd, name));
  writeFileSync(path.join(cwd, 'own/refused-twice.json'), approved);
  writeFileSync(path.join(cwd, 'others/elsewhere.json'), approved);
  writeFileSync(path.join(cwd, 'own/notes.txt'), '');
  mkdirSync(path.join(cwd, 'own/folder.json'));
  symlinkSync('../others/elsewhere.json', path.join(cwd, 'own/a-link.json'));
  symlinkSync('/dev/zero', path.join(cwd, 'own/endless.json'));
  return cwd;
}

describe('the key fixtures of the configuration', () => {
  const namesIn = (stdout: string) => reportsIn(stdout).map(({ name }) => name);
  const shipped = readdirSync(folder).map(file => file.replace('.json', ''));

  test('adds the files of a folder and its subfolders, or those of a profile instead', async () => {
    const cwd = project();
    const { stdout } = await webhookCli(['fixtures', '--json'], { cwd: path.join(cwd, 'sub') });
    expect(namesIn(stdout)).toEqual([...shipped, 'a-link', 'refused-twice'].sort());
    const other = await webhookCli(['fixtures', '--json', '--profile', 'p'], { cwd });
    expect(namesIn(other.stdout)).toEqual([...shipped, 'elsewhere'].sort());
    expect((await webhookCli(['fixtures', 'refused-twice'], { cwd })).stdout).toBe(approved.toString());
  });

  test('works with send, with the bytes of the file', async () => {
    const { url, received } = await startReceiver();
    const line = ['send', '--fixture', 'refused-twice', '--fixture', 'queued', '--url', url];
    expect(await webhookCli(line, { cwd: project(), env })).toMatchObject({ exitCode: 0 });
    expect(received.map(({ body }) => body.equals(approved))).toEqual([true, false]);
  });

  test('suggests and completes names', async () => {
    const cwd = project();
    const { stderr } = await webhookCli(['send', '-f', 'refused-twise'], { cwd, env });
    expect(stderr).toContain('did you mean "refused-twice"?');
    const complete = async (...words: string[]) => (await webhookCli(['complete', '--', ...words], { cwd })).stdout;
    expect(await complete('send', '--fixture', 'ref')).toContain('refused-twice');
    expect(await complete('fixtures', '--profile', 'p', 'els')).toContain('elsewhere');
    expect(await complete('fixtures', '--profile', 'q', 'appr')).toContain('approved');
  });

  test('refuses a file with the name of a built-in fixture, and a missing folder', async () => {
    const cwd = project();
    expect(await webhookCli(['fixtures', '--profile', 'q'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr:
        "error: can't read the fixtures in missing: no such file or folder (ENOENT)\nhint: the key fixtures in webhook-cli.config.json names a folder of JSON files\n",
    });
    renameSync(path.join(cwd, 'own/refused-twice.json'), path.join(cwd, 'own/approved.json'));
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved'], { cwd, env });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /approved\.json has the name of webhook-cli's own fixture approved\nhint: give the file another name\n$/,
    );
  });

  test('is listed by config', async () => {
    const { stdout } = await webhookCli(['config', '--json'], { cwd: project() });
    const found = reportsIn(stdout).find(({ key }) => key === 'fixtures');
    expect(found).toMatchObject({ value: 'own', source: { kind: 'file' }, line: 1 });
  });
});
