import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isMissing } from '../completion/shells.js';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const run = promisify(execFile);

/** pre-commit installs what is committed here, with everything needed to build it, which takes a while. */
const minutes = 60_000;

test.skipIf(isMissing('pre-commit'))(
  'pre-commit installs the hook, which refuses an invalid payload',
  { timeout: 8 * minutes },
  async () => {
    const [folder, home] = [temporaryFolder(), temporaryFolder()];
    const env = { ...process.env, PRE_COMMIT_HOME: home };
    const git = (...line: string[]) => execFileSync('git', line, { cwd: folder, encoding: 'utf8' });
    const hook = async () => {
      git('add', '.');
      return run('pre-commit', ['run', '--color', 'never'], { cwd: folder, env }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: unknown) => error as { code: number; stdout: string },
      );
    };
    git('init', '--quiet');
    const rev = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    const repos = [{ repo: root, rev, hooks: [{ id: 'webhook-validate', files: '^events/' }] }];
    writeFileSync(path.join(folder, '.pre-commit-config.yaml'), JSON.stringify({ repos }));
    mkdirSync(path.join(folder, 'events'));
    const event = execFileSync(process.execPath, [path.join(root, 'bin/webhook-cli.js'), 'fixtures', 'approved']);
    writeFileSync(path.join(folder, 'events/approved event.json'), event);
    // It isn't an event and isn't checked.
    writeFileSync(path.join(folder, 'package.json'), '{}');
    const good = await hook();
    expect([good.code, good.stdout]).toEqual([0, expect.stringMatching(/validate webhook payloads\.+Passed/)]);
    writeFileSync(path.join(folder, 'events/bad.json'), '{"event":{"type":"customer.status"}}');
    const bad = await hook();
    expect([bad.code, bad.stdout]).toEqual([1, expect.stringContaining('✘ events/bad.json:1:1  data is missing')]);
    expect(bad.stdout).toContain('- exit code: 1');
  },
);
