import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { webhookCli } from '../support/cli.js';

const env = { WEBHOOK_SECRET: secret };

const shownOn = async (isTTY: boolean, ...flags: string[]): Promise<string> => {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 40 });
  let shown = '';
  stderr.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const line = ['check', await startBehaviour(), '--only', 'valid,unsigned', ...flags];
  expect(await webhookCli(line, { env, stderr })).toMatchObject({ exitCode: 0 });
  return shown;
};

test('progress makes way for each printed line', async () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let shown = '';
  terminal.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const line = ['check', await startBehaviour(), '--only', 'valid,unsigned', '--no-color'];
  await webhookCli(line, { env, stderr: terminal, stdout: terminal });
  // What the terminal finally shows: the last version of each line.
  const left = shown.split(/\r?\n/).map(text => text.split('\r\u001b[K').at(-1));
  expect(left.filter(text => /[━─]/.test(text ?? ''))).toEqual([]);
  expect(left.filter(text => /✔ {2}(?:valid|unsigned) /.test(text ?? ''))).toHaveLength(2);
});

test('progress is one line on a terminal, and is erased at the end', async () => {
  const shown = await shownOn(true);
  const [none, half] = ['─'.repeat(20), '━'.repeat(10) + '─'.repeat(10)];
  expect(shown).toBe(`\r\u001b[K${none}  1 of 2  valid\r\u001b[K\r\u001b[K${half}  2 of 2  unsigned\r\u001b[K`);
});

test.each([
  [false, []],
  [true, ['--quiet']],
  [true, ['--json']],
])('progress is silent if it would be in the way: %s %s', async (isTTY, flags) => {
  expect(await shownOn(isTTY, ...flags)).toBe('');
});
