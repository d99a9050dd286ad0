import { on } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { startCli, webhookCli, type Run } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startBuilt } from '../support/process.js';

/** One thread alone reads this much. */
const limit = 8 * 1024 ** 2;

const event = JSON.parse(approved.toString()) as { event: object; data: object };
const eventWith = (data: Record<string, unknown>): string =>
  JSON.stringify({
    event: { ...event.event, event_reference_id: data['customer_id'] },
    data: { ...event.data, ...data },
  });

type Make = (customer: string) => Buffer | string;

interface Long {
  content: Buffer;
  /** What comes after the limit. */
  beyond: Buffer;
}

interface Lines {
  /** A valid line with a long name. */
  valid: (customer: string, length: number) => Buffer | string;
  /** Longer than what a second thread takes at once, and shorter. */
  large: readonly Make[];
  cases: readonly Make[];
}

/**
 * Long valid lines up to the limit, since they take the least time. Beyond it, where both threads work: each case among valid
 * lines, several times, with another customer each time.
 */
function longInput({ valid, large, cases }: Lines): Long {
  const early: Buffer[] = [];
  for (let size = 0; size <= limit; size += early.at(-1)?.length ?? 0)
    early.push(Buffer.from(valid(`early-${early.length}`, 60_000)));
  const late = [1, 2, 3, 4, 5, 6].flatMap(round =>
    [...cases, ...(round === 3 ? large : [])].flatMap((make, index) => [
      make(`customer-${round}`),
      ...[1, 2, 3].map(each => valid(`late-${round}-${index}-${each}`, 4000)),
    ]),
  );
  const beyond = Buffer.concat(late.map(part => Buffer.from(part)));
  return { content: Buffer.concat([...early, beyond]), beyond };
}

const idOf = (customer: string) => ({ customer_id: customer });

/** Events, one line each: some with something to report, some without. */
const events = longInput({
  valid: (customer, length) => `${eventWith({ ...idOf(customer), first_name: 'x'.repeat(length) })}\n`,
  large: [
    customer => `${eventWith({ ...idOf(customer), first_name: 'x'.repeat(300_000) })}\n`,
    () => `${eventWith({ customer_status: 'x'.repeat(1_100_000) })}\n`,
  ],
  cases: [
    customer => `${eventWith(idOf(customer))}\n`,
    customer => `${eventWith({ ...idOf(customer), customer_status: 'QUEUED' })}\r\n`,
    customer => `${eventWith({ ...idOf(customer), customer_status: 'PROCESSING' })}\n`,
    customer => `\ufeff${eventWith(idOf(customer))}\n`,
    () => '\n \r\n\n',
    () => '{"event": {"id": "cut o\n',
    () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
    customer => `${eventWith({ ...idOf(customer), email: 7, 'naïve \u2028 key': '\ud83d\ude00' })}\n`,
    customer => `${eventWith(idOf(customer)).replace('"data":{', '"data":{"type":"X","type":"INDIVIDUAL","n":12345678901234567890,')}\n`, // prettier-ignore
  ],
});

const recordOf = (body: Buffer | string, facts: Partial<RecordFacts> = {}): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: 'a1', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ headers: Object.entries(signatureOf(body)), body: Buffer.from(body), complete: true, ...facts },
  });

const recording = longInput({
  valid: (customer, length) => recordOf(eventWith({ ...idOf(customer), first_name: 'x'.repeat(length) })),
  large: [() => recordOf('x'.repeat(1_100_000))],
  cases: [
    customer => recordOf(eventWith(idOf(customer))),
    customer => recordOf(eventWith(idOf(customer)), { headers: [] }),
    customer => recordOf(`${eventWith(idOf(customer))}\n`, { headers: Object.entries(signatureOf(eventWith(idOf(customer)))) }), // prettier-ignore
    customer => recordOf(eventWith(idOf(customer)), { headers: [['x-fin-signature', '0'.repeat(64)]], complete: false }), // prettier-ignore
    customer => Buffer.concat([recordOf(eventWith(idOf(customer))).subarray(0, -20), Buffer.from('\n')]),
    customer =>
      recordOf(eventWith(idOf(customer)))
        .toString()
        .replace('"bodySha256":"', '"bodySha256":"0'),
    () => recordOf('\u202e not JSON'),
    customer => recordOf(eventWith({ ...idOf(customer), customer_status: 'QUEUED' }), { kind: 'sent' }),
    customer => recordOf(eventWith({ ...idOf(customer), customer_status: 'PROCESSING' })),
    () => recordOf('ok', { kind: 'reply', of: 'a1', status: 200 }),
    () => '\n\n\n',
  ],
});

const worker = (): URL => pathToFileURL(path.join(inject('builtPackage'), 'bin/worker.js'));

/** A worker's script that creates a file when it runs. */
function watchedWorker(folder: string): { workerScript: URL; hasRun: () => boolean } {
  const [script, mark] = [path.join(folder, 'worker.mjs'), path.join(folder, 'mark')];
  writeFileSync(script, `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, ''); await import(${JSON.stringify(worker().href)});`); // prettier-ignore
  return { workerScript: pathToFileURL(script), hasRun: () => existsSync(mark) };
}

/** Worker scripts that are refused, missing or broken, or that end while they have work to do. */
function badWorkers(folder: string): URL[] {
  const [broken, brief, mark] = ['broken.mjs', 'brief.mjs', 'mark'].map(name => path.join(folder, name)) as [string, string, string]; // prettier-ignore
  writeFileSync(broken, "throw new Error('a fault');");
  const end = `if (--left === 0) { writeFileSync(${JSON.stringify(mark)}, ''); process.exit(); }`;
  writeFileSync(brief, `import { writeFileSync } from 'node:fs'; import { parentPort } from 'node:worker_threads'; let left = 2; await import(${JSON.stringify(worker().href)}); parentPort.on('message', () => { ${end} });`); // prettier-ignore
  const missing = path.join(folder, 'missing.mjs');
  return [new URL('https://127.0.0.1/worker.mjs'), ...[missing, broken, brief].map(file => pathToFileURL(file))];
}

function setUp(name: string, content: Buffer) {
  const cwd = temporaryFolder();
  const file = path.join(cwd, name);
  writeFileSync(file, content);
  return { cwd, file };
}

const run = (argv: readonly string[], host: Partial<Host>): Promise<Run> => webhookCli(argv, { env, ...host });

/** Not the whole output: a difference would be megabytes of text. */
const expectSame = (left: Run, right: Run) => {
  expect(firstDifference(left.stdout, right.stdout)).toBeUndefined();
  expect({ ...left, stdout: '' }).toEqual({ ...right, stdout: '' });
};

function firstDifference(left: string, right: string): [string | undefined, string | undefined] | undefined {
  const [lines, others] = [left.split('\n'), right.split('\n')];
  const index = Array.from({ length: Math.max(lines.length, others.length) }, (_, each) => each).find(
    each => lines[each] !== others[each],
  );
  return index === undefined ? undefined : [lines[index], others[index]];
}

interface Reading {
  command: 'verify' | 'validate';
  name: string;
  input: Long;
  words: readonly string[];
}

const readings: Reading[] = [
  { command: 'verify', name: 'recording.ndjson', input: recording, words: ['signature-mismatch', 'body-incomplete', 'corrupt'] }, // prettier-ignore
  { command: 'validate', name: 'recording.ndjson', input: recording, words: ['never finished', 'corrupt'] },
  { command: 'validate', name: 'events.ndjson', input: events, words: ['twice', '(V1)', '(V2)'] },
];

describe.each(readings)('$command of a long $name', ({ command, name, input: { content, beyond }, words }) => {
  test.each([[], ['--json']])('gives the same result with a second thread, %j', async (...flags) => {
    const { cwd } = setUp(name, content);
    // It ends in the middle of a line, and another file follows.
    writeFileSync(path.join(cwd, 'cut.ndjson'), beyond.subarray(0, 200_000));
    const argv = [command, name, 'cut.ndjson', ...flags];
    const alone = await run(argv, { cwd });
    const { workerScript, hasRun } = watchedWorker(cwd);
    expectSame(await run(argv, { cwd, workerScript }), alone);
    expect(hasRun()).toBe(true);
    if (flags.length === 0)
      for (const word of words) expect((alone.stdout + alone.stderr).includes(word), word).toBe(true);
  });

  test('gives the same result for standard input', async () => {
    const { cwd, file } = setUp(name, content);
    const argv = [command, '-', ...(name === 'events.ndjson' ? ['--format', 'ndjson'] : [])];
    const stdin = () => Readable.from([...piecesOf(readFileSync(file), 60_000)]);
    const alone = await run(argv, { cwd, stdin: stdin() });
    expectSame(await run(argv, { cwd, stdin: stdin(), workerScript: worker() }), alone);
  });

  test('gives the same result if the second thread can’t start or ends early', async () => {
    const { cwd } = setUp(name, content);
    const alone = await run([command, name], { cwd });
    for (const script of badWorkers(cwd)) expectSame(await run([command, name], { cwd, workerScript: script }), alone);
    // The last of them had been given part of the work.
    expect(existsSync(path.join(cwd, 'mark'))).toBe(true);
  });

  test('starts no thread for a short one', async () => {
    const { cwd } = setUp(name, beyond.subarray(0, limit / 8));
    const { workerScript, hasRun } = watchedWorker(cwd);
    await run([command, name, name], { cwd, workerScript });
    expect(hasRun()).toBe(false);
  });
});

test('reports what it has read of a stream before reading on', async () => {
  const { cwd } = setUp('recording.ndjson', recording.content);
  const alone = await run(['verify', 'recording.ndjson', '--json'], { cwd });
  const expected = alone.stdout.slice(0, alone.stdout.indexOf('{"type":"summary"')).replaceAll('recording.ndjson', '-');
  const stdin = new PassThrough();
  const running = startCli(['verify', '-', '--json'], { env, stdin, workerScript: worker() });
  let told = 0;
  running.stdout.on('data', (chunk: Buffer) => {
    told += chunk.length;
  });
  for (const piece of piecesOf(recording.content, 60_000)) stdin.write(piece);
  await expect.poll(() => told).toBe(Buffer.byteLength(expected));
  stdin.end();
  const { stdout } = await running.ended;
  expect(firstDifference(stdout.slice(0, expected.length), expected)).toBeUndefined();
});

test('Ctrl-C ends both threads', async () => {
  const { content, beyond } = recording;
  const { file } = setUp('recording.ndjson', Buffer.concat([content, beyond, beyond]));
  const { child, ended } = startBuilt(['verify', file, '--json'], { env });
  // The first mistake is beyond the limit, when there are two.
  for await (const [chunk] of on(child.stdout!, 'data') as AsyncIterable<[Buffer]>)
    if (chunk.includes('signature-mismatch')) break;
  child.kill('SIGINT');
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(130);
  expect(stdout).toContain('{"type":"summary"');
});

test.each(['verify', 'validate', 'export'] as const)(
  'Ctrl-C of %s while standard input is idle isn’t a failure',
  async command => {
    const stdin = new PassThrough();
    const running = startCli([command, '-', '--json', ...(command === 'export' ? ['--to', 'http'] : [])], {
      env,
      stdin,
    });
    stdin.write(Buffer.concat([recordOf(eventWith(idOf('a'))), recordOf(eventWith(idOf('b')))]));
    // It has been read completely.
    await expect.poll(() => stdin.readableLength + stdin.writableLength).toBe(0);
    running.stop();
    expect(await running.ended).toMatchObject({ exitCode: 130, stderr: '' });
  },
);

function* piecesOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
