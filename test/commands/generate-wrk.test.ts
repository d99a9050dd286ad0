import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env, listening } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const isMissing = process.env['CI'] === undefined && spawnSync('wrk', ['-v']).error !== undefined;
const wrkTest = test.skipIf(isMissing);

/** Bytes that Lua, or careless quoting for it, would change. */
const events = ['--event', 'transaction.status', '--set', 'data.hash=Žofie ☂ ]]\\065\\n%d "--| '];

async function generate(...flags: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await webhookCli(['generate', ...flags], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

/** Has wrk send a script until all of its threads have ended, and returns its output. */
async function runWrk(
  script: string,
  [url, ...after]: [url: string, ...threads: string[]],
  ...flags: string[]
): Promise<string> {
  const file = path.join(temporaryFolder(), 'load.lua');
  writeFileSync(file, script);
  const child = spawn('wrk', ['-d', '15s', ...flags, '-s', file, url, ...after], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const printed = text(child.stdout);
  // wrk waits until -d is over, or for SIGINT, which it handles only after starting all threads.
  const isOver = () => {
    const caught = /^SigCgt:\s*([\da-f]+)/m.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1] ?? '';
    return (
      (Number.parseInt(caught.slice(-1), 16) & 2) === 2 && readdirSync(`/proc/${child.pid ?? 0}/task`).length === 1
    );
  };
  await expect.poll(isOver, { timeout: 25_000 }).toBe(true);
  child.kill('SIGINT');
  return printed;
}

wrkTest.each([
  ['one thread', 40, ['-t1', '-c1']],
  ['several threads', 400, ['-t3', '-c16']],
  ['two threads by default', 50, ['-c4']],
  ['threads by their long name', 50, ['--threads=4', '-c4']],
  ['threads as a separate argument', 50, ['-t', '4', '-c', '8']],
  ['more threads than requests', 2, ['-t4', '-c4']],
])('wrk sends each request once, from %s', async (_, count, flags) => {
  const { url, ended } = await listening('--count', String(count), '--distinct');
  const script = await generate(...events, '--count', String(count), '--signed', '--format', 'wrk', '--url', url);
  const printed = await runWrk(script, [url], ...flags);
  expect(printed).toContain(`${count} requests sent, ${count} responses, ${count} of them 2xx\n`);
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout).at(-1)).toMatchObject({
    received: count,
    accepted: count,
    refused: 0,
    distinct: count,
    repeated: 0,
  });
});

wrkTest('wrk sends the exact bytes that were signed, to the path of the URL', async () => {
  const { url, received } = await startReceiver();
  const fixed = ['--seed', '1', '--now', '2026-01-31T09:30:00Z', '--count', '2'];
  const target = new URL('/hook?a=b%20c', url).href;
  await runWrk(
    await generate(...events, ...fixed, '--signed', '--format', 'wrk', '--url', target),
    [url],
    '-t1',
    '-c1',
  );
  expect(received.map(({ body }) => body.toString())).toEqual((await generate(...events, ...fixed)).trimEnd().split('\n')); // prettier-ignore
  expect(received.map(({ target: sent }) => sent)).toEqual(['/hook?a=b%20c', '/hook?a=b%20c']);
});

wrkTest('the number of threads after the URL is used, and too small a number duplicates nothing', async () => {
  const { url, ended } = await listening('--count', '20', '--distinct');
  const script = await generate('--count', '20', '--signed', '--format', 'wrk', '--url', url);
  expect(await runWrk(script, [url, '2'], '-t4', '-c4')).toContain('20 requests sent, 20 responses');
  expect(reportsIn((await ended).stdout).at(-1)).toMatchObject({ accepted: 20, distinct: 20 });
});

wrkTest('a response other than 2xx is counted separately', async () => {
  const { url, ended } = await listening('--respond', '500,200', '--count', '2');
  const script = await generate('--count', '2', '--signed', '--format', 'wrk', '--url', url);
  expect(await runWrk(script, [url], '-t1', '-c1')).toContain('2 requests sent, 2 responses, 1 of them 2xx\n');
  await ended;
});
