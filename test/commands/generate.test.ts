import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { eventNames } from '../../src/event/catalogue.js';
import { summarise } from '../../src/event/summary.js';
import { inspect } from '../support/events.js';
import { reportsIn, startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const fixed = ['--seed', '1', '--now', '2026-01-31T09:30:00Z'];

interface Event {
  event: Record<string, unknown>;
  data: Record<string, unknown>;
}

const eventsIn = (ndjson: string): Event[] =>
  ndjson
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Event);

/** The output of a successful `generate`. */
async function generate(...flags: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await webhookCli(['generate', ...flags]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

test('prints one event as bytes and nothing else, and send would send the same', async () => {
  const { url, received } = await startReceiver();
  await webhookCli(['send', '-s', 'APPROVED', ...fixed, '--url', url], { env: { WEBHOOK_SECRET: 'test_secret' } });
  expect(await generate('-s', 'APPROVED', ...fixed)).toBe(received[0]?.body.toString());
});

test('generates a customer.status by default', async () => {
  const { problems, json } = inspect(Buffer.from(await generate()));
  expect(problems).toEqual([]);
  expect(summarise(json)).toMatchObject({ type: 'customer.status', status: 'QUEUED' });
});

test.each(eventNames)('--event %s generates a valid event', async name => {
  const { problems, json } = inspect(Buffer.from(await generate('--event', name.toUpperCase())));
  expect(problems).toEqual([]);
  expect(summarise(json).type).toBe(name);
});

describe('several events', () => {
  test('are one per line, for one customer if statuses are given', async () => {
    const events = eventsIn(await generate('-s', 'queued,Approved', '--type', 'BUSINESS', ...fixed));
    expect(events.map(({ data }) => data['customer_status'])).toEqual(['QUEUED', 'APPROVED']);
    expect(new Set(events.map(({ data }) => data['customer_id'])).size).toBe(1);
  });

  test('are for about as many customers as --count says, a second apart', async () => {
    const events = eventsIn(await generate('-s', 'QUEUED,APPROVED', '--count', '3', ...fixed));
    expect(events).toHaveLength(6);
    expect(new Set(events.map(({ data }) => data['customer_id'])).size).toBe(3);
    const times = events.map(({ event }) => Date.parse(String(event['created_at'])));
    expect(times.map(time => (time - times[0]!) / 1000)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are an array with --format json', async () => {
    const array = JSON.parse(await generate('--count', '3', '--format', 'json', ...fixed)) as Event[];
    expect(array).toEqual(eventsIn(await generate('--count', '3', ...fixed)));
  });

  test('keep the given customer', async () => {
    const events = eventsIn(await generate('--count', '3', '--customer', 'c-1'));
    expect(events.map(({ data }) => data['customer_id'])).toEqual(['c-1', 'c-1', 'c-1']);
  });

  test('are the same for the same seed and time, and differ for another', async () => {
    const flags = ['--walk', '--count', '5', '--now', '2026-01-31', '--seed'];
    const [one, again, other] = [await generate(...flags, '7'), await generate(...flags, '7'), await generate(...flags, '8')]; // prettier-ignore
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });
});

test('--walk follows one customer from the beginning to a decision', async () => {
  const events = eventsIn(await generate('--walk', ...fixed));
  expect(events.length).toBeGreaterThan(2);
  expect(new Set(events.map(({ data }) => data['customer_id'])).size).toBe(1);
  expect(['APPROVED', 'REJECTED']).toContain(events.at(-1)?.data['customer_status']);
});

test('--set and --unset change each event, and an invalid event gives exit code 65 without --invalid', async () => {
  const events = eventsIn(await generate('--count', '2', '--set', 'data.email=x@example.com', '--unset', 'data.phone'));
  expect(events.map(({ data }) => [data['email'], data['phone']])).toEqual([['x@example.com', undefined], ['x@example.com', undefined]]); // prettier-ignore
  const broken = ['generate', '--count', '2', '--unset', 'data.customer_id'];
  const { exitCode, stdout, stderr } = await webhookCli(broken);
  expect({ exitCode, stdout }).toEqual({ exitCode: 65, stdout: '' });
  expect(stderr).toContain('data.customer_id is missing');
  expect(await webhookCli([...broken, '--invalid'])).toMatchObject({ exitCode: 0 });
});

test('--json reports each event, and the documents together are the output', async () => {
  const flags = ['--count', '3', '--format', 'json', ...fixed];
  const reports = reportsIn(await generate(...flags, '--json'));
  expect(reports).toMatchObject([1, 2, 3].map(seq => ({ type: 'generated', seq, format: 'json', event: { status: 'QUEUED' } }))); // prettier-ignore
  expect(reports.map(({ document }) => document).join('')).toBe(await generate(...flags));
});

describe('--out', () => {
  test('writes a file for each event, in order, and names them', async () => {
    const folder = path.join(temporaryFolder(), 'new/events');
    const stdout = await generate('-s', 'QUEUED,ON_HOLD', '--out', folder, ...fixed);
    const files = readdirSync(folder);
    expect(files).toEqual(['0001-customer-status-queued.json', '0002-customer-status-on-hold.json']);
    expect(stdout.split('\n').slice(0, -1).map(line => line.split('  ')[0])).toEqual(files.map(file => path.join(folder, file))); // prettier-ignore
    const lines = (await generate('-s', 'QUEUED,ON_HOLD', ...fixed)).trimEnd().split('\n');
    expect(files.map(file => readFileSync(path.join(folder, file), 'utf8'))).toEqual(lines);
  });

  test('never overwrites a file, and says so', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, '0002-customer-status-approved.json');
    writeFileSync(file, 'mine');
    const { exitCode, stderr } = await webhookCli(['generate', '-s', 'QUEUED,APPROVED', '--out', folder]);
    expect(exitCode).toBe(74);
    expect(stderr).toContain(`${file} already exists, and files are never overwritten`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('reports a file in place of the folder', async () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { exitCode, stderr } = await webhookCli(['generate', '--out', file]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 74,
      stderr: `error: ${file} is a file, not a folder\nhint: --out takes a folder\n`,
    });
  });

  test('lets no status escape the folder', async () => {
    const folder = temporaryFolder();
    await generate('-s', '../../../Über/..', '--allow-unknown', '--out', path.join(folder, 'events'), '--json');
    expect(readdirSync(folder, { recursive: true })).toEqual(['events', 'events/0001-customer-status-ber.json']);
  });
});

test('stops generating when nobody reads: the rest of a million is left out', async () => {
  const running = startCli(['generate', '--count', '1000000']);
  running.stdout.once('data', () => {
    running.stop();
  });
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(130);
  expect(eventsIn(stdout).length).toBeLessThan(1000);
});

test('waits for a slow reader', async () => {
  const stdout = new PassThrough({ highWaterMark: 1000 });
  let [longest, text] = [0, ''];
  stdout.on('data', chunk => {
    longest = Math.max(longest, stdout.readableLength + stdout.writableLength);
    text += String(chunk);
    stdout.pause();
    setImmediate(() => stdout.resume());
  });
  expect((await startCli(['generate', '--count', '200'], { stdout }).ended).exitCode).toBe(0);
  await once(stdout.end(), 'end');
  expect(eventsIn(text)).toHaveLength(200);
  expect(longest).toBeLessThan(5000);
});

describe('invalid input gives exit code 2', () => {
  test.each([
    [['--event', 'transaction.stauts'], 'did you mean "transaction.status"?'],
    [['--event', 'transaction.status', '-s', 'COMPLETD'], 'did you mean "COMPLETED"?'],
    [['-s', 'COMPLETED'], 'add --event transaction.status, which has it'],
    [['--event', 'beneficiary.status', '-s', 'FROZEN'], 'documented: PROCESSING; --allow-unknown'],
    [['--event', 'customer.rfi', '-s', 'MISSING'], 'customer.rfi has no status'],
    [['--event', 'transaction.status', '--customer', 'c'], 'transaction.status has no customer'],
    [['--event', 'customer.rfi', '--type', 'BUSINESS'], 'customer.rfi has no customer type'],
    [['--event', 'customer.rfi', '--walk'], 'customer.rfi has no known sequence of statuses'],
    [['--walk', '-s', 'QUEUED'], '--walk and --status were given together'],
    [['--count', '0'], 'whole number from 1 to 10,000,000'],
    [['--format', 'yaml'], 'one of json, ndjson, http, curl, har, vegeta, wrk, k6, artillery'],
    [['--format', 'har'], 'needs --signed'],
    [['--signed', '--format', 'json'], '--format json and --signed were given together'],
    [['--url', 'http://localhost/'], '--url needs --signed'],
    [['--secret-env', 'X'], '--secret-env needs --signed'],
    [['--signed', '--count', '2'], 'pass --out <folder>'],
    [['--signed', '--url', 'https://example.com/'], 'no signing secret for https://example.com'],
    [['--signed', '-H', 'x-fin-signature: 00'], 'contradicts the new signature'],
    [['--out', ''], 'the value is empty'],
  ])('%j', async (flags, words) => {
    const { exitCode, stdout, stderr } = await webhookCli(['generate', ...flags]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});
