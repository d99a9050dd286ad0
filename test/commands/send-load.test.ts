import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };
const approved = path.join(root, 'fixtures/events/approved.json');
const nobody = 'http://127.0.0.1:1/';

const send = (url: string, ...line: string[]) => webhookCli(['send', ...line, '--url', url], { env });

describe('the summary', () => {
  test('counts and times the responses', async () => {
    let requests = 0;
    const { url } = await startReceiver(response => response.writeHead(++requests % 4 === 0 ? 500 : 200).end());
    const { exitCode, stdout } = await send(url, '-f', 'approved', '--count', '12', '--json');
    expect(exitCode).toBe(1);
    expect(reportsIn(stdout).at(-1)).toMatchObject({
      ...{ type: 'summary', asked: 12, expected: 9, unexpected: 3, failed: 0, requests: 12 },
      ...{ statuses: { '200': 9, '500': 3 }, errors: {}, latency: { p50: expect.any(Number) as number } },
    });
  });

  test('counts failures by kind, of the connection and before it', async () => {
    const { stdout, stderr, exitCode } = await send(nobody, '-f', 'approved', '--count', '4', '--json');
    expect(exitCode).toBe(69);
    expect(reportsIn(stderr)).toHaveLength(1);
    expect(reportsIn(stdout)).toMatchObject([{ failed: 4, requests: 4, errors: { refused: 4 }, latency: null }]);
    const missing = await send(nobody, 'missing.json', approved, '--count', '2', '--json');
    expect(missing.exitCode).toBe(69);
    expect(reportsIn(missing.stderr)).toHaveLength(2);
    expect(reportsIn(missing.stdout)).toMatchObject([{ failed: 4, requests: 2, errors: { input: 2, refused: 2 } }]);
  });

  test('counts unrecorded responses separately', async () => {
    const { url } = await startReceiver();
    const line = ['-f', 'approved', '--count', '4', '--save', '/dev/full'];
    const { stdout, stderr, exitCode } = await send(url, ...line, '--json');
    expect(exitCode).toBe(74);
    expect(reportsIn(stderr)).toMatchObject([{ code: 'local' }]);
    const counts = { expected: 0, failed: 4, requests: 4, statuses: { '200': 4 }, errors: {}, unrecorded: 4 };
    expect(reportsIn(stdout)).toMatchObject([counts]);
    expect((await send(url, ...line)).stdout).toContain('\n  200: 4, unrecorded: 4\n');
  });

  test('is short in text', async () => {
    const { url } = await startReceiver();
    const { stdout, stderr } = await send(url, '-f', 'approved', '--count', '3');
    expect(stderr).toBe('');
    expect(stdout.replaceAll(/\d+\.\d|[\d,]+(?= a second)/g, 'n')).toBe(
      '✔ 3 of 3 as expected\n  3 requests in n s, n a second\n  200: 3\n  p50 n ms, p90 n ms, p99 n ms, max n ms\n',
    );
  });
});

test('shows the first failure of each kind, and counts the rest', async () => {
  const answers = [401, 401, 500, 401, 500, 200];
  let requests = 0;
  const { url } = await startReceiver(response => response.writeHead(answers[requests++] ?? 200).end());
  const { stdout } = await send(url, '-f', 'approved', '--count', '6', '--json');
  expect(reportsIn(stdout).map(({ type, seq, status }) => [type, seq, status])).toEqual([
    ['sent', 1, undefined],
    ['reply', 1, 401],
    ['sent', 3, undefined],
    ['reply', 3, 500],
    ['summary', undefined, undefined],
  ]);
});

test('retries count as requests, and one that succeeds in the end is expected', async () => {
  let requests = 0;
  const { url } = await startReceiver(response =>
    response.writeHead(++requests % 2 === 1 ? 503 : 200, { 'retry-after': '0' }).end(),
  );
  const { exitCode, stdout } = await send(url, '-f', 'approved', '--count', '3', '--retries', '1', '--json');
  expect(exitCode).toBe(0);
  const summary = { asked: 3, expected: 3, requests: 6, statuses: { '200': 3, '503': 3 } };
  expect(reportsIn(stdout)).toMatchObject([summary]);
});

test('reports once that the receiver asks for too long a wait', async () => {
  const { url } = await startReceiver(response => response.writeHead(503, { 'retry-after': '99999' }).end());
  const { stderr } = await send(url, '-f', 'approved', '--count', '5', '--retries', '1');
  expect(stderr).toBe("warning: the receiver's Retry-After is longer than --max-wait allows\n");
});

test('sends as many requests at once as --concurrency allows', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const { url } = await startReceiver(response => {
    waiting.push(() => response.end());
    most = Math.max(most, waiting.length);
    // The receiver responds only when all are in flight: with fewer, this would never end.
    if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
  });
  const { exitCode } = await send(url, '-f', 'approved', '--count', '40', '--concurrency', '4');
  expect({ exitCode, most }).toEqual({ exitCode: 0, most: 4 });
});

test('--rate spreads requests over time, and doesn’t wait for responses', async () => {
  const waiting: (() => void)[] = [];
  const { url } = await startReceiver(response => {
    waiting.push(() => response.end());
    if (waiting.length === 5) for (const answer of waiting) answer();
  });
  const { exitCode, stdout } = await send(url, '-f', 'approved', '--count', '5', '--rate', '20', '--json');
  expect(exitCode).toBe(0);
  // The last one isn't due before 200 ms.
  expect((reportsIn(stdout).at(-1) as { seconds: number }).seconds).toBeGreaterThanOrEqual(0.2);
});

test('the times and a message show when --rate can’t be kept', async () => {
  const { url } = await startReceiver(response => void setTimeout(() => response.end(), 120));
  const flags = ['-f', 'approved', '--count', '3', '--rate', '1000', '--concurrency', '1'];
  const { stdout } = await send(url, ...flags, '--json');
  const summary = reportsIn(stdout).at(-1) as { rate: number; late: number; latency: { max: number } };
  expect(summary).toMatchObject({ rate: 1000, expected: 3 });
  // The second and the third waited for the earlier ones.
  expect(summary.late).toBeGreaterThanOrEqual(2);
  expect(summary.latency.max).toBeGreaterThan(300);
  const words = (await send(url, ...flags)).stdout;
  expect(words).toMatch(/^ {2}the pace of 1,000 a second wasn't kept: \d requests began more than 100 ms late$/m);
});

test('a thousand waiting requests don’t cause Node’s leak warning', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on('warning', note);
  const { url } = await startReceiver();
  const flags = ['--count', '40', '--rate', '400', '--concurrency', '1000'];
  expect(await send(url, '-f', 'approved', ...flags)).toMatchObject({ exitCode: 0, stderr: '' });
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

test('an interrupt ends a load with a summary so far', async () => {
  let interrupt: () => void = () => undefined;
  let requests = 0;
  const { url } = await startReceiver(response => {
    if (++requests === 5) interrupt();
    response.end();
  });
  const line = ['send', '-f', 'approved', '--count', '1000000', '--url', url, '--json'];
  const { exitCode, stdout } = await webhookCli(line, {
    env,
    onInterrupt: stop => {
      interrupt = () => {
        stop('SIGINT');
      };
    },
  });
  expect(exitCode).toBe(130);
  expect(reportsIn(stdout)).toMatchObject([{ type: 'summary', asked: 1_000_000, expected: 5, statuses: { '200': 5 } }]);
});

test('a load can be recorded', async () => {
  const { url } = await startReceiver();
  const file = path.join(temporaryFolder(), 'sent.ndjson');
  await send(url, '-f', 'approved', '--count', '3', '--save', file);
  const { exitCode, stdout } = await webhookCli(['verify', file, '--json'], { env });
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout).at(-1)).toMatchObject({ read: 3, valid: 3 });
});

test.each([
  [['--rate', '5', '--delay', '1s'], '--rate and --delay were given together'],
  [['--concurrency', '5', '--print', 'http'], '--concurrency has no effect when nothing is sent'],
  [['--rate', '5', '--dry-run'], '--rate has no effect when nothing is sent'],
  [['--count', '0'], "isn't a whole number of 1 or more"],
])('refuses %j', async (flags, words) => {
  const { exitCode, stderr } = await send(nobody, '-f', 'approved', ...flags);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});

test('--count with --print prints each request, with its own ids', async () => {
  const { stdout } = await send(nobody, '-f', 'approved', '--count', '3', '--print', 'json');
  const printed = stdout.trim().split('\n').map(text => (JSON.parse(text) as { bodyBase64: string }).bodyBase64); // prettier-ignore
  expect(new Set(printed).size).toBe(3);
});
