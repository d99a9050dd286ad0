import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportsIn, startCli, webhookCli } from '../../support/cli.js';
import { temporaryFolder } from '../../support/folder.js';
import { freePort } from '../../support/free-port.js';
import { secret } from '../receiver.js';
import { startApplication } from './application.js';

/** An application in a separate process. It appends each piece of work to a file, and remembers ids there or in memory. */
const application = `
const { createHmac } = require('node:crypto');
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const [port, memory] = process.argv.slice(2);
writeFileSync('pid', String(process.pid));
const seen = new Set(memory === 'kept' ? readFileSync('work', 'utf8').split('\\n') : []);
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const signature = createHmac('sha256', process.env.WEBHOOK_SECRET).update(body).digest('hex');
  if (request.headers['x-fin-signature'] !== signature) return response.writeHead(401).end();
  const { id } = JSON.parse(body).event;
  if (!seen.has(id)) appendFileSync('work', id + '\\n');
  seen.add(id);
  response.end();
}).listen(Number(port), '127.0.0.1');
`;

/** Starts nothing yet: its command does, and ends the previous process. */
async function prepareApplication(memory: 'kept' | 'lost') {
  const folder = temporaryFolder();
  const port = await freePort();
  writeFileSync(path.join(folder, 'application.cjs'), application);
  writeFileSync(path.join(folder, 'work'), '');
  const start = `"${process.execPath}" application.cjs ${port} ${memory} &`;
  writeFileSync(path.join(folder, 'restart.sh'), `[ ! -e pid ] || kill -9 $(cat pid)\n${start}\n`);
  onTestFinished(() => {
    const file = path.join(folder, 'pid');
    if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
  });
  return { folder, port };
}

const env = { PATH: process.env['PATH'], WEBHOOK_SECRET: secret };

describe('crash-retry', () => {
  test.each([
    ['kept', 0, 'passed'],
    ['lost', 1, 'failed'],
  ] as const)('with a memory that is %s', async (memory, exitCode, outcome) => {
    const { folder, port } = await prepareApplication(memory);
    const restart = ['--restart', 'sh restart.sh', '--probe', 'wc -l work', '--probe-settle', '400ms'];
    // The first start is the user's own.
    spawnSync('sh', ['restart.sh'], { cwd: folder, env, stdio: 'ignore' });
    const line = ['check', `http://127.0.0.1:${port}/`, '--only', 'effect-duplicate,crash-retry', '--wait', '20s'];
    const run = await webhookCli([...line, ...restart, '--json'], { env, cwd: folder });
    expect(reportsIn(run.stdout).map(({ id, outcome: was }) => [id, was])).toEqual([
      ['effect-duplicate', 'passed'],
      ['crash-retry', outcome],
      [undefined, undefined],
    ]);
    expect(run.exitCode).toBe(exitCode);
  });
});

describe('a restart that fails gives exit code 65:', () => {
  test.each([
    ['exit 4 # ', /^the command of --restart ended with 4$/],
    ['no-such-program-at-all', /^the command of --restart can't be started: no such file or folder \(ENOENT\)$/],
    ['sleep 30', /^the command of --restart took longer than 300ms$/],
  ])('%s', async (restart, words) => {
    const { url, debug } = await startApplication();
    const flags = ['--only', 'crash-retry', '--probe', `${debug}/total`, '--probe-settle', '100ms', '--wait', '300ms'];
    const line = ['check', url, ...flags, '--restart', restart, '--json'];
    const { exitCode, stdout, stderr } = await webhookCli(line, { env });
    expect(exitCode).toBe(65);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ ended: 'restart-failed', notRun: 1 });
    expect(reportsIn(stderr)).toMatchObject([{ code: 'input', message: expect.stringMatching(words) as string }]);
  });
});

test('An application that doesn’t come back gives exit code 69.', async () => {
  const { folder, port } = await prepareApplication('kept');
  spawnSync('sh', ['restart.sh'], { cwd: folder, env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  expect(await webhookCli(['check', url, '--only', 'valid', '--wait', '20s'], { env })).toMatchObject({ exitCode: 0 });
  const flags = ['--only', 'crash-retry', '--probe', 'wc -l work', '--probe-settle', '400ms', '--wait', '1s'];
  const line = ['check', url, ...flags, '--restart', 'kill -9 $(cat pid); rm pid', '--json'];
  const { exitCode, stdout, stderr } = await webhookCli(line, { env, cwd: folder });
  expect(exitCode).toBe(69);
  expect(reportsIn(stdout)).toMatchObject([
    { id: 'crash-retry', outcome: 'failed', got: { kind: 'failure', reason: 'refused' } },
    { ended: 'gone', failed: 1 },
  ]);
  expect(stderr).toContain('the receiver is gone');
});

test('A signal interrupts the wait for a probe.', async () => {
  const { url } = await startApplication();
  const folder = temporaryFolder();
  const line = ['check', url, '--only', 'effects', '--probe', 'touch begun && exec sleep 30'];
  const running = startCli(line, { env, cwd: folder });
  await expect.poll(() => existsSync(path.join(folder, 'begun'))).toBe(true);
  running.stop();
  expect(await running.ended).toMatchObject({
    exitCode: 130,
    stdout: expect.stringContaining('was stopped\n') as string,
  });
});

test('A signal interrupts the wait for a restart.', async () => {
  const { url, debug } = await startApplication();
  const folder = temporaryFolder();
  const flags = ['--only', 'crash-retry', '--probe', `${debug}/total`, '--probe-settle', '100ms'];
  const restart = ['--restart', 'touch begun && exec sleep 30'];
  const running = startCli(['check', url, ...flags, ...restart], { env, cwd: folder });
  await expect.poll(() => existsSync(path.join(folder, 'begun'))).toBe(true);
  running.stop();
  expect(await running.ended).toMatchObject({ exitCode: 130, stdout: '✘ 0 passed, 1 not run: the run was stopped\n' });
});
