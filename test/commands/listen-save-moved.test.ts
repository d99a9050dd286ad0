import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening, signed, statusOf, stopped } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const newFile = (): string => path.join(temporaryFolder(), 'captured.ndjson');
const recordsIn = (file: string): number => readFileSync(file, 'utf8').match(/"kind":"request"/g)?.length ?? 0;

describe('a recording that is moved while listening', () => {
  test.each([
    ['deleted', (file: string) => { rmSync(file); }, 'was deleted'],
    ['renamed', (file: string) => { renameSync(file, `${file}.1`); }, 'was renamed or replaced'],
  ])('(%s) is created again before the next response', async (_, move, words) => {
    const file = newFile();
    const { url, ...running } = await listening('--save', file);
    expect(await statusOf(url, signed(approved))).toBe(200);
    for (let times = 0; times < 2; times += 1) {
      move(file);
      expect(await statusOf(url, signed(approved))).toBe(200);
      expect(recordsIn(file)).toBe(1);
    }
    const { exitCode, stderr } = await stopped(running);
    expect(exitCode).toBe(130);
    expect(stderr.split(`${file} ${words}`)).toHaveLength(3);
  }); // prettier-ignore

  test('gives 503 if no new one can be created', async () => {
    const file = newFile();
    const { url, ...running } = await listening('--save', file);
    rmSync(file);
    mkdirSync(file);
    expect(await statusOf(url, signed(approved))).toBe(503);
    rmSync(file, { recursive: true });
    expect(await statusOf(url, signed(approved))).toBe(200);
    expect(recordsIn(file)).toBe(1);
    const { stdout, stderr } = await stopped(running);
    expect(stderr).toContain(`request 1 could not be recorded: can't write to ${file}: it's a folder (EISDIR)`);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ received: 2, accepted: 1, refused: 1 });
  });

  test.skipIf(process.geteuid?.() === 0)('gives 503 if it’s out of reach', async () => {
    const file = newFile();
    const { url } = await listening('--save', file);
    chmodSync(path.dirname(file), 0o000);
    const status = await statusOf(url, signed(approved));
    chmodSync(path.dirname(file), 0o700);
    expect(status).toBe(503);
  });
});

test('send --save creates a recording again, too', async () => {
  const file = newFile();
  const { url } = await startReceiver(response => {
    rmSync(file, { force: true });
    response.writeHead(200).end();
  });
  const argv = ['send', '--url', url, '--fixture', 'approved', '--count', '3', '--save', file];
  const { exitCode, stderr } = await webhookCli(argv, { env });
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`${file} was deleted`);
  expect(readFileSync(file, 'utf8').match(/"kind":"sent"/g)).toHaveLength(1);
});

test('a folder created for a recording is named', async () => {
  const folder = path.join(temporaryFolder(), 'new', 'deep');
  const { url, ...running } = await listening('--save', path.join(folder, 'captured.ndjson'));
  expect(await statusOf(url, signed(approved))).toBe(200);
  expect((await stopped(running)).stderr).toContain(`created the folder ${folder} for the recording`);
});
