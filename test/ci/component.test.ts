import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { freePort } from '../support/free-port.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';
import { readXml } from '../report/xml.js';
import { action } from './action.js';
import { inputs, jobsWith, runJob } from './component.js';

const isListening = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

const own = { package: 'webhook-cli' };

describe('the component', () => {
  test('has the inputs of the action and those of its job', () => {
    const ofJob = ['package', 'job-name', 'stage', 'image'];
    expect(Object.keys(inputs).filter(id => !ofJob.includes(id))).toEqual(Object.keys(action.inputs));
  });

  test('is one job with one variable for each input and no input in its script', () => {
    const plain = jobsWith(own)['webhook-check']!;
    const other = jobsWith(Object.fromEntries(Object.keys(inputs).map(id => [id, '17'])))['17']!;
    expect(other.script).toEqual(plain.script);
    expect(Object.values(other.variables).map(({ value }) => value)).toEqual(
      Object.keys(plain.variables).map(() => '17'),
    );
    expect(Object.entries(plain.variables).filter(([, { expand }]) => expand !== false)).toEqual([
      ['CHECK_SECRET', { value: '' }],
    ]);
    expect(plain.artifacts.reports.junit).toBe('webhook-check/check.xml');
  });

  test('refuses an input of several lines, which could be more than a value', () => {
    for (const id of ['url', 'command', 'probe', 'secret', 'report-dir', 'package'])
      expect(() => jobsWith({ ...own, [id]: 'a\nscript: b' })).toThrow(id);
  });
});

describe.each(['bash', 'sh'])('in %s', shell => {
  test('starts the receiver, checks it, reports, and stops it with everything it started', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const values = {
      ...own,
      url: `http://127.0.0.1:${port}/`,
      command: `webhook-cli listen --port ${other} & webhook-cli listen --port ${port} & wait`,
      secret: '$MY_SECRET',
      only: 'valid,tampered,get',
    };
    const env = { MY_SECRET: `tr0ub4dor "and" 'three' $(touch pwned) horses` };
    const { log, exitCode, folder, job } = await runJob(values, { shell, env });
    expect([exitCode, log]).toEqual([0, expect.stringContaining('✔ 3 passed')]);
    expect(readXml(readFileSync(path.join(folder, job.artifacts.reports.junit), 'utf8'))).toMatchObject({
      testsuites: { tests: '3', failures: '0' },
    });
    expect([await isListening(port), await isListening(other)]).toEqual([false, false]);
    expect(existsSync(path.join(folder, 'pwned'))).toBe(false);
  });

  test('exits like the check', async () => {
    const { url } = await startReceiver();
    const { exitCode, log } = await runJob({ ...own, url, only: 'valid,unsigned', strict: true }, { shell });
    expect([exitCode, log]).toEqual([1, expect.stringContaining('1 failed')]);
  });

  test('shows the last lines of a receiver that never responded', async () => {
    const values = { ...own, url: `http://127.0.0.1:${await freePort()}/`, command: 'echo no database', wait: '1' };
    const { exitCode, log } = await runJob(values, { shell });
    expect([exitCode, log]).toEqual([69, expect.stringMatching(/The last lines of the receiver:\nno database\n$/)]);
  });

  test.each(['url', 'scheme', 'only', 'skip', 'baseline'])('treats a hostile %s as data and refuses it', async id => {
    const { url, received } = await startReceiver();
    const marker = path.join(temporaryFolder(), 'pwned');
    const hostile = `"; touch ${marker}; ' $(touch ${marker}) \`touch ${marker}\` '; touch ${marker} # : - --help *`;
    const { exitCode } = await runJob({ ...own, url, [id]: hostile }, { shell });
    expect([exitCode, existsSync(marker), received]).toEqual([id === 'baseline' ? 65 : 2, false, []]);
  });
});

test('installs the tarball of npm pack', async () => {
  const { url } = await startReceiver();
  const tarballs = temporaryFolder();
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', tarballs, inject('builtPackage')], {
    stdio: 'pipe',
  });
  const tarball = path.join(tarballs, 'webhook-cli-0.2.0.tgz');
  const { exitCode, log } = await runJob({ package: tarball, url, only: 'valid' }, { env: { WEBHOOK_CLI: '' } });
  expect([exitCode, log]).toEqual([0, expect.stringContaining('✔ 1 passed')]);
  const missing = await runJob({ package: `${tarball}.gz`, url }, { env: { WEBHOOK_CLI: '' } });
  expect(missing.exitCode).toBe(74);
});
