import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { freePort } from '../support/free-port.js';
import { startReceiver } from '../support/receiver.js';
import { readXml } from '../report/xml.js';
import { action, actionText, lineBefore, startAction } from './action.js';
import { problemsOfAction } from './problems.js';

const secret = 'tr0ub4dor-and-3-horses';

const runAction = (inputs: Record<string, string>, env: NodeJS.ProcessEnv = {}) => startAction(inputs, env).run();

const isListening = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

test('GitHub’s own parser accepts the action', async () => {
  const problems = await problemsOfAction();
  expect(problems(actionText)).toEqual([]);
  expect(problems(actionText.replace('using: composite', 'using: composed'))).not.toEqual([]);
  expect(problems(actionText.replace('shell: bash', 'shel: bash'))).not.toEqual([]);
});

test('passes every input through the environment and pastes none into a script', () => {
  const [step, ...others] = action.runs.steps;
  expect(others).toEqual([]);
  expect(step.run).not.toContain('${{');
  const variable = (id: string) => `INPUT_${id.toUpperCase().replaceAll('-', '_')}`;
  expect(step.env).toEqual(
    Object.fromEntries(Object.keys(action.inputs).map(id => [variable(id), `\${{ inputs.${id} }}`])),
  );
});

test('starts the receiver, checks it, reports, and stops it with everything it started', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const command = `webhook-cli listen --port ${other} & webhook-cli listen --port ${port} & wait`;
  const url = `http://127.0.0.1:${port}/`;
  const inputs = { url, command, secret, only: 'valid,tampered,get', 'report-dir': 'in/reports' };
  const { log, exitCode, outputs, summary, folder } = await runAction(inputs);
  expect([exitCode, log]).toEqual([0, 'webhook-cli check: 3 passed\n']);
  expect(outputs).toEqual({ passed: '3', failed: '0', report: 'in/reports/check.json', 'exit-code': '0' });
  expect(summary).toMatch(new RegExp(`^${lineBefore}\n[^]*3 passed`));
  const read = (name: string) => readFileSync(path.join(folder, 'in/reports', name), 'utf8');
  expect(JSON.parse(read('check.json'))).toMatchObject({ passed: 3, failed: 0 });
  expect(readXml(read('check.xml'))).toMatchObject({ testsuites: { tests: '3' } });
  expect(read('check.html')).toContain('<html');
  expect([await isListening(port), await isListening(other)]).toEqual([false, false]);
});

test('exits like the check and annotates each failure', async () => {
  const { url } = await startReceiver();
  const { log, exitCode, outputs, summary } = await runAction({ url, only: 'valid,unsigned' });
  expect([exitCode, outputs]).toEqual([
    1,
    { passed: '1', failed: '1', report: 'webhook-check/check.json', 'exit-code': '1' },
  ]);
  expect(log).toMatch(/^::error title=refuses%3A unsigned::200 OK; expected 4xx%0Asent: /);
  expect(summary).toContain(String.raw`refuses\: unsigned`);
});

test('uses a report of an earlier step as a baseline, but not its own', async () => {
  const { url } = await startReceiver();
  const first = startAction({ url, only: 'valid,unsigned' });
  await first.run();
  const baseline = path.join(first.folder, 'webhook-check/check.json');
  const { exitCode, outputs } = await runAction({ url, only: 'valid,unsigned', baseline });
  expect([exitCode, outputs['failed']]).toEqual([0, '0']);
  const folder = path.dirname(baseline);
  const refused = await runAction({ url, only: 'none-such', 'report-dir': folder });
  expect(refused.outputs).toEqual({ 'exit-code': '2' });
  expect(existsSync(path.join(folder, 'check.xml'))).toBe(false);
});

test('never lets the receiver’s output become a workflow command', async () => {
  const port = await freePort();
  const command = "printf '::error::not mine'; exit 7";
  const { log, exitCode } = await runAction({ url: `http://127.0.0.1:${port}/`, command, wait: '1' });
  expect(exitCode).toBe(69);
  expect(log).toContain("::error::the receiver's command ended before the check, with exit code 7\n");
  expect(log).toMatch(/::group::.*\n::stop-commands::(\w{32})\n::error::not mine\n::\1::\n::endgroup::\n/);
});

const hostile = (file: string) =>
  [
    `"; touch ${file}; '`,
    `$(touch ${file})`,
    `\`touch ${file}\``,
    `'; touch ${file} #`,
    `\n touch ${file}\n`,
    '--help',
    '*',
  ].join(' ');

test.each(['url', 'wait', 'scheme', 'only', 'skip', 'strict', 'baseline', 'allow-remote'])(
  'treats a hostile %s as data and refuses it',
  async id => {
    const { url, received } = await startReceiver();
    const marker = path.join(temporaryFolder(), 'pwned');
    const { exitCode, outputs } = await runAction({ url, [id]: hostile(marker) });
    expect([exitCode, outputs]).toEqual([id === 'baseline' ? 65 : 2, { 'exit-code': String(exitCode) }]);
    expect([existsSync(marker), received]).toEqual([false, []]);
  },
);

test('treats a hostile folder as a folder and sets no output', async () => {
  const { url } = await startReceiver();
  const folder = 'a "b" $(touch pwned);\nexit-code=0\nfailed<<x\n0\nx';
  const run = await runAction({ url, only: 'valid', 'report-dir': folder });
  expect(run.outputs).toEqual({ passed: '1', failed: '0', report: `${folder}/check.json`, 'exit-code': '0' });
  expect(existsSync(path.join(run.folder, run.outputs['report']!))).toBe(true);
  expect(existsSync(path.join(run.folder, 'pwned'))).toBe(false);
});

test('passes the secret unchanged to both sides', async () => {
  const port = await freePort();
  const odd = `a "b" 'c' $(touch pwned) \`d\` \\ %0A ; e`;
  const inputs = {
    url: `http://127.0.0.1:${port}/`,
    command: `webhook-cli listen --port ${port}`,
    only: 'valid,tampered',
  };
  const { exitCode, folder } = await runAction({ ...inputs, secret: odd });
  expect([exitCode, existsSync(path.join(folder, 'pwned'))]).toEqual([0, false]);
});

test('leaves no receiver behind when the job is cancelled', async () => {
  const port = await freePort();
  const { child, folder, run } = startAction({
    url: `http://127.0.0.1:${await freePort()}/`,
    command: `webhook-cli listen --port ${port} --ready-file "$RUNNER_TEMP/ready"`,
    wait: '600',
  });
  await expect.poll(() => existsSync(path.join(folder, 'ready'))).toBe(true);
  child.kill('SIGINT');
  const { exitCode } = await run();
  expect([exitCode, await isListening(port)]).toEqual([130, false]);
});
