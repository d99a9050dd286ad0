import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { finCases as cases } from '../conformance/checking.js';
import { pointsIn } from '../report/points.js';
import { readXml } from '../report/xml.js';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const file = 'webhook-cli.config.json';

/** Runs check below a folder whose file skips these cases. */
async function check(skip: readonly string[], ...flags: string[]) {
  const folder = temporaryFolder();
  const cwd = path.join(folder, 'project');
  mkdirSync(cwd);
  writeFileSync(path.join(folder, file), JSON.stringify({ check: { skip } }));
  const line = ['check', await startBehaviour(), ...flags];
  return { cwd, ...(await webhookCli(line, { env: { WEBHOOK_SECRET: secret }, cwd })) };
}

const only = ['--only', 'valid,unsigned,get,put'];

describe('cases that a file skips are counted and named', () => {
  test('in words', async () => {
    const { exitCode, stdout } = await check(['get', 'put', 'bom'], ...only);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\n✔ 2 passed, 2 skipped by \S*webhook-cli\.config\.json\n⚠ skipped: get, put\n$/);
  });

  test('in JSON', async () => {
    const { stdout } = await check(['get', 'put', 'bom'], ...only, '--json');
    expect(reportsIn(stdout).at(-1)).toMatchObject({
      ...{ passed: 2, notRun: 0, skipped: ['get', 'put'] },
      skippedBy: expect.stringContaining(file) as string,
    });
  });

  test('in every document', async () => {
    const files = ['junit', 'tap', 'github', 'markdown', 'json'].flatMap(form => ['--report', `${form}=a.${form}`]);
    const { cwd } = await check(['get'], ...only, ...files);
    const read = (form: string) => readFileSync(path.join(cwd, `a.${form}`), 'utf8');
    expect(readXml(read('junit'))).toMatchObject({ testsuites: { tests: '4' } });
    expect(read('junit')).toMatch(/<testsuite name="refuses" .* skipped="1"/);
    expect(read('junit')).toMatch(/name="get"[^]*<skipped message="skipped by check\.skip in [^"]*"/);
    expect(pointsIn(read('tap')).at(-1)).toMatchObject({ name: 'refuses: get', skip: /^skipped by check\.skip/ });
    expect(read('github')).toMatch(
      /^::notice title=webhook-cli check::1 skipped: refuses: get\n.*, 1 skipped by \S+\n$/,
    );
    expect(read('markdown')).toContain(String.raw`| ➖ | refuses\: get | skipped by check.skip in `);
    expect(JSON.parse(read('json'))).toMatchObject({ passed: 3, skipped: 1 });
  });
});

describe('a whole group', () => {
  test.each<[string, string[]]>([
    ['by its name', ['valid', 'refuses']],
    ['case by case', cases.filter(({ group }) => group === 'leaks').map(({ id }) => id)],
  ])('can’t be skipped by a file, %s', async (_, skip) => {
    const { exitCode, stdout, stderr } = await check(skip);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/check\.skip in \S* skips every case of the group \\?"(?:refuses|leaks)/);
    expect(stderr).toMatch(/hint: .*--skip (?:refuses|leaks)\n/);
  });

  test('can be skipped by the flag, which replaces the file’s list', async () => {
    const { exitCode, stdout } = await check(['refuses'], '--only', 'valid,get', '--skip', 'refuses');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\n✔ 1 passed\n$/);
  });
});

test('The list shows every case, even those that the file skips.', async () => {
  const { stdout } = await check(['get'], '--list');
  expect(stdout).toContain('\n  get ');
});
