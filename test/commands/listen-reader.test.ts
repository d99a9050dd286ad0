import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, inject, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { createShell } from '../support/shell.js';
import { env, statusOf } from '../support/listening.js';

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

test('a reader that stops early ends the listener with 0', async () => {
  const { child, ended } = createShell()(
    'webhook-cli listen --port 0 --json | head -1; echo "ended with ${PIPESTATUS[0]}"',
    env,
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  // The reader's absence shows only when something is written.
  await expect.poll(() => isUp(url)).toBe(false);
  expect((await ended).output).toBe(`${line}\nended with 0\n`);
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a reader that reads nothing doesn’t stop %s from ending the listener', async (signal, code) => {
  const home = temporaryFolder();
  const file = path.join(home, 'url');
  const argv = ['listen', '--port', '0', '--ready-file', file, '--show', 'body'];
  const child = spawn(process.execPath, [path.join(inject('builtPackage'), 'bin/webhook-cli.js'), ...argv], {
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exit = once(child, 'exit');
  const url = await urlIn(file);
  const body = Buffer.alloc(512 * 1024, 'x');
  for (let sent = 0; sent < 10; sent += 1) expect(await statusOf(url, { method: 'POST', body })).toBe(401);
  child.kill(signal);
  expect(await exit).toEqual([code, null]);
  expect(child.stderr.read()).toBeNull();
});

async function urlIn(file: string): Promise<string> {
  const read = () => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      return '';
    }
  };
  await expect.poll(read).toMatch(/^http:/);
  return read();
}
