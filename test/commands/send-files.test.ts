import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

/** A folder with bodies at two depths, and other files. */
function folderWithBodies(): string {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, 'events', 'deep'), { recursive: true });
  for (const name of ['b.json', 'a.json', 'deep/c.json', 'note.txt', 'sent.ndjson'])
    writeFileSync(path.join(cwd, 'events', name), `{"name":"${name}"}`);
  symlinkSync('a.json', path.join(cwd, 'events', 'link.json'));
  mkdirSync(path.join(cwd, 'empty'));
  return cwd;
}

async function bodiesOf(...names: string[]): Promise<unknown[]> {
  const { url, received } = await startReceiver();
  const run = await webhookCli(['send', ...names, '--url', url, '--quiet'], { env, cwd: folderWithBodies() });
  expect(run.exitCode).toBe(0);
  return received.map(({ body }) => (JSON.parse(body.toString()) as { name: string }).name);
}

describe('send', () => {
  test('sends the .json files of a folder, at any depth and in order, including links to files', async () => {
    expect(await bodiesOf('events')).toEqual(['a.json', 'b.json', 'deep/c.json', 'a.json']);
  });

  test('sends the files of a glob', async () => {
    expect(await bodiesOf('events/*.{txt,json}')).toEqual(['a.json', 'b.json', 'a.json', 'note.txt']);
  });

  test('sends a file twice if it’s named twice', async () => {
    expect(await bodiesOf('events/b.json', 'events/b.json', 'events/deep')).toEqual([
      'b.json',
      'b.json',
      'deep/c.json',
    ]);
  });

  test.each([
    ['empty', 'empty has no .json file'],
    ['none/*.json', 'no file matches none/*.json'],
  ])('of %s is a usage error, and nothing is sent', async (name, words) => {
    const { url, received } = await startReceiver();
    const run = await webhookCli(['send', 'events/a.json', name, '--url', url], { env, cwd: folderWithBodies() });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(words);
    expect(received).toEqual([]);
  });
});

describe('send --walk', () => {
  const walk = (...flags: string[]) => webhookCli(['send', '--walk', ...flags], { env });

  test('sends the sequence of one customer in order, as generate --walk makes it', async () => {
    const { url, received } = await startReceiver();
    const seeded = ['--seed', '7', '--now', '2026-01-31T09:30:00Z'];
    const { exitCode, stdout } = await walk(...seeded, '--url', url, '--json');
    expect(exitCode).toBe(0);
    const made = await webhookCli(['generate', '--walk', ...seeded]);
    expect(received.map(({ body }) => `${body.toString()}\n`).join('')).toBe(made.stdout);
    expect(received.length).toBeGreaterThan(1);
    const sent = reportsIn(stdout).filter(({ type }) => type === 'sent');
    expect(sent.map(({ source }) => source)).toEqual(
      sent.map(({ event }) => `--walk ${(event as { status: string }).status}`),
    );
    expect(new Set(sent.map(({ event }) => (event as { referenceId: string }).referenceId)).size).toBe(1);
  });

  test('uses another customer each time with --count', async () => {
    const { url, received } = await startReceiver();
    expect(await walk('--seed', '7', '--count', '2', '--url', url)).toMatchObject({ exitCode: 0 });
    const customers = received.map(
      ({ body }) => (JSON.parse(body.toString()) as { data: { customer_id: string } }).data.customer_id,
    );
    expect(new Set(customers).size).toBe(2);
    expect(new Set(customers.slice(0, customers.length / 2)).size).toBe(1);
  });

  test.each([
    [['--status', 'APPROVED'], '--walk and --status were given together'],
    [['--fixture', 'approved'], '--walk and --fixture were given together'],
    [['body.json'], '--walk and a file were given together'],
    [['--event', 'customer.rfi'], '--walk: customer.rfi has no known sequence of statuses'],
  ])('contradicts %j', async (flags, words) => {
    const { exitCode, stderr } = await walk(...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});
