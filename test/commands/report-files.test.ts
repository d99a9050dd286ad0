import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';
import { good } from './validating.js';

const env = { WEBHOOK_SECRET: secret };

describe('before the run, and with nothing sent:', () => {
  test.each([
    ['the same file, with another spelling', ['junit=a.xml', 'tap=./a.xml'], 2, 'two reports for ./a.xml'],
    ['the same file through a folder', ['junit=a.xml', 'tap=folder/../a.xml'], 2, 'two reports for folder/../a.xml'],
    ['the same file through a link', ['junit=old.xml', 'tap=link.xml'], 2, 'two reports for link.xml'],
    ['the same file through a linked folder', ['junit=a.xml', 'tap=here/a.xml'], 2, 'two reports for here/a.xml'],
    ['a folder that isn’t there', ['junit=missing/a.xml'], 74, "can't write the report missing/a.xml: no such file"],
    ['a file in place of a folder', ['junit=old.xml/a.xml'], 74, "can't write the report old.xml/a.xml"],
    ['a folder in place of a file', ['junit=folder'], 74, "can't write the report folder: it is a folder"],
  ])('%s', async (...[, reports, exitCode, words]) => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'folder'));
    writeFileSync(path.join(cwd, 'old.xml'), 'old');
    symlinkSync('old.xml', path.join(cwd, 'link.xml'));
    symlinkSync('.', path.join(cwd, 'here'));
    const { url, received } = await startReceiver();
    const run = await webhookCli(['check', url, ...reports.flatMap(report => ['--report', report])], { env, cwd });
    expect({ exitCode: run.exitCode, stdout: run.stdout, received }).toEqual({ exitCode, stdout: '', received: [] });
    expect(run.stderr).toContain(words);
    expect(readFileSync(path.join(cwd, 'old.xml'), 'utf8')).toBe('old');
  });

  test('validate does the same', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'good.json'), good);
    const line = ['validate', 'good.json', '--report', 'junit=missing/a.xml'];
    expect(await webhookCli(line, { cwd })).toMatchObject({ exitCode: 74, stdout: '' });
  });
});

test('Two reports may be written to one device.', async () => {
  const cwd = temporaryFolder();
  const line = ['check', await startBehaviour(), '--only', 'valid', '--report', 'tap=/dev/null'];
  expect(await webhookCli([...line, '--report', 'junit=/dev/../dev/null'], { env, cwd })).toMatchObject({
    exitCode: 0,
  });
});

test('Reports are appended to GitHub’s step summary; any other file is replaced.', async () => {
  const cwd = temporaryFolder();
  const [summary, other] = [path.join(cwd, 'summary.md'), path.join(cwd, 'other.md')];
  for (const file of [summary, other]) writeFileSync(file, '# Tests\n');
  const line = ['check', await startBehaviour(), '--only', 'valid'];
  const reports = ['--report', `markdown=${summary}`, '--report', 'markdown=other.md'];
  await webhookCli([...line, ...reports], { env: { ...env, GITHUB_STEP_SUMMARY: summary }, cwd });
  expect(readFileSync(summary, 'utf8')).toMatch(/^# Tests\n\n### webhook-cli check\n/);
  expect(readFileSync(other, 'utf8')).toMatch(/^### webhook-cli check\n/);
});
