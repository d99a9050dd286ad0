import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../../src/http/header.js';
import { verify } from '../../src/signature/fin.js';
import { createSecret } from '../../src/signature/secret.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver, type Received } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };
const secret = createSecret(Buffer.from('test_secret'), 'test');
const approved = path.join(root, 'fixtures/events/approved.json');
const nobody = 'http://127.0.0.1:1/';

const send = (url: string, ...line: string[]) => webhookCli(['send', ...line, '--url', url], { env });

interface Event {
  event: { id: string; event_reference_id: string; created_at: string };
  data: { customer_id: string };
}

const eventIn = ({ body }: Received): Event => JSON.parse(body.toString()) as Event;

describe('every request of a load', () => {
  test.each([
    ['--status', 'QUEUED,APPROVED', 40],
    ['--fixture', 'approved', 20],
  ])('from %s %s has a body and a signature of its own', async (flag, value, asked) => {
    const { url, received } = await startReceiver();
    const { exitCode } = await send(url, flag, value, '--count', '20', '--concurrency', '5');
    expect(exitCode).toBe(0);
    expect(received).toHaveLength(asked);
    expect(new Set(received.map(request => eventIn(request).event.id)).size).toBe(asked);
    const verdicts = received.map(({ body, rawHeaders }) => verify(body, pairsOf(rawHeaders), [secret]).valid);
    expect(verdicts).not.toContain(false);
  });

  test('is the same again with the same seed and time', async () => {
    const { url, received } = await startReceiver();
    const line = ['-s', 'QUEUED', '--seed', '1', '--now', '2026-01-31T09:30:00Z', '--count', '5'];
    await send(url, ...line);
    await send(url, ...line);
    expect(received.slice(5).map(({ body }) => body)).toEqual(received.slice(0, 5).map(({ body }) => body));
  });

  test('from a file has its very bytes, and standard input is read once', async () => {
    const { url, received } = await startReceiver();
    await send(url, approved, '--count', '3');
    const stdin = new PassThrough().end('not json');
    const { stderr } = await webhookCli(['send', '-', '--count', '3', '--url', url], { env, stdin });
    expect(stderr.match(/warning:/g)).toHaveLength(1);
    const [file, other] = [readFileSync(approved), Buffer.from('not json')];
    expect(received.map(({ body }) => body)).toEqual([file, file, file, other, other, other]);
  });

  const customer = '6b042125-686a-43e0-8a68-23cf5bee102e';

  test.each([
    ['statuses', ['-s', 'QUEUED,APPROVED', '--now', '2026-01-31T09:30:00Z']],
    ['fixtures that lie apart', ['-f', 'queued', '-f', 'rejected']],
    ['fixtures at a time of their own', ['-f', 'queued', '-f', 'rejected', '--now', '2026-01-31T09:30:00Z']],
    ['one event without a fraction in its time', ['--event', 'transit.payment.status']],
  ])('comes later than the one before, with %s', async (_, flags) => {
    const { url, received } = await startReceiver();
    const subject = flags.includes('--event') ? [] : ['--customer', customer];
    await send(url, ...flags, ...subject, '--count', '3');
    const times = received.map(request => eventIn(request).event.created_at);
    expect(new Set(times).size).toBe(received.length);
    expect(times).toEqual(times.toSorted());
    expect(new Set(times.map(time => time.length)).size).toBe(1);
  });

  test('keeps what was set, whatever it is part of', async () => {
    const { url, received } = await startReceiver();
    await send(url, '-f', 'approved', '--set', `data={"customer_id":"${customer}"}`, '--invalid', '--count', '3');
    expect(received.map(request => eventIn(request).data)).toEqual(Array(3).fill({ customer_id: customer }));
  });

  test('has a reference of its own, where that isn’t the customer’s', async () => {
    const { url, received } = await startReceiver();
    await send(url, '--event', 'beneficiary.status', '--customer', customer, '--count', '3');
    expect(new Set(received.map(request => eventIn(request).event.event_reference_id)).size).toBe(3);
    expect(received.map(request => eventIn(request).data.customer_id)).toEqual(Array(3).fill(customer));
  });

  test('keeps the customer that was asked for', async () => {
    const { url, received } = await startReceiver();
    await send(url, '-s', 'QUEUED', '--customer', customer, '--count', '2');
    expect(received.map(request => eventIn(request).data.customer_id)).toEqual([customer, customer]);
  });
});

describe('the summary', () => {
  test('counts what came back, and times it', async () => {
    let requests = 0;
    const { url } = await startReceiver(response => response.writeHead(++requests % 4 === 0 ? 500 : 200).end());
    const { exitCode, stdout } = await send(url, '-f', 'approved', '--count', '12', '--json');
    expect(exitCode).toBe(1);
    expect(reportsIn(stdout).at(-1)).toMatchObject({
      ...{ type: 'summary', asked: 12, expected: 9, unexpected: 3, failed: 0, requests: 12 },
      ...{ statuses: { '200': 9, '500': 3 }, errors: {}, latency: { p50: expect.any(Number) as number } },
    });
  });

  test('counts failures by their kind, of the connection and before it', async () => {
    const { stdout, stderr, exitCode } = await send(nobody, '-f', 'approved', '--count', '4', '--json');
    expect(exitCode).toBe(69);
    expect(reportsIn(stderr)).toHaveLength(1);
    expect(reportsIn(stdout)).toMatchObject([{ failed: 4, requests: 4, errors: { refused: 4 }, latency: null }]);
    const missing = await send(nobody, 'missing.json', approved, '--count', '2', '--json');
    expect(missing.exitCode).toBe(69);
    expect(reportsIn(missing.stderr)).toHaveLength(2);
    expect(reportsIn(missing.stdout)).toMatchObject([{ failed: 4, requests: 2, errors: { input: 2, refused: 2 } }]);
  });

  test('is short in words', async () => {
    const { url } = await startReceiver();
    const { stdout, stderr } = await send(url, '-f', 'approved', '--count', '3');
    expect(stderr).toBe('');
    expect(stdout.replaceAll(/\d+\.\d|[\d,]+(?= a second)/g, 'n')).toBe(
      '✔ 3 of 3 as expected\n  3 requests in n s, n a second\n  200: 3\n  p50 n ms, p90 n ms, p99 n ms, max n ms\n',
    );
  });
});

test('of what goes wrong, the first of each kind is shown, and the rest counted', async () => {
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

test('retries are requests, and what came right in the end is as expected', async () => {
  let requests = 0;
  const { url } = await startReceiver(response =>
    response.writeHead(++requests % 2 === 1 ? 503 : 200, { 'retry-after': '0' }).end(),
  );
  const { exitCode, stdout } = await send(url, '-f', 'approved', '--count', '3', '--retries', '1', '--json');
  expect(exitCode).toBe(0);
  const summary = { asked: 3, expected: 3, requests: 6, statuses: { '200': 3, '503': 3 } };
  expect(reportsIn(stdout)).toMatchObject([summary]);
});

test('that the receiver asks for too long a wait is said once', async () => {
  const { url } = await startReceiver(response => response.writeHead(503, { 'retry-after': '99999' }).end());
  const { stderr } = await send(url, '-f', 'approved', '--count', '5', '--retries', '1');
  expect(stderr).toBe('warning: the receiver asks for a longer wait than --max-wait allows\n');
});

test('as many requests are on their way as --concurrency says', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const { url } = await startReceiver(response => {
    waiting.push(() => response.end());
    most = Math.max(most, waiting.length);
    // Only a full house is answered: with fewer on their way, this would never end.
    if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
  });
  const { exitCode } = await send(url, '-f', 'approved', '--count', '40', '--concurrency', '4');
  expect({ exitCode, most }).toEqual({ exitCode: 0, most: 4 });
});

test('--rate spreads requests over time, and doesn’t wait for an answer before the next', async () => {
  const waiting: (() => void)[] = [];
  const { url } = await startReceiver(response => {
    waiting.push(() => response.end());
    if (waiting.length === 5) for (const answer of waiting) answer();
  });
  const { exitCode, stdout } = await send(url, '-f', 'approved', '--count', '5', '--rate', '20', '--json');
  expect(exitCode).toBe(0);
  // The last of them isn't due before 200 ms.
  expect((reportsIn(stdout).at(-1) as { seconds: number }).seconds).toBeGreaterThanOrEqual(0.2);
});

test('a thousand that wait for their time are no leak that Node would warn of', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on('warning', note);
  const { url } = await startReceiver();
  const flags = ['--count', '40', '--rate', '400', '--concurrency', '1000'];
  expect(await send(url, '-f', 'approved', ...flags)).toMatchObject({ exitCode: 0, stderr: '' });
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

test('an interrupt ends a load with what was done so far', async () => {
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

test('a load is recorded like everything else', async () => {
  const { url } = await startReceiver();
  const file = path.join(temporaryFolder(), 'sent.ndjson');
  await send(url, '-f', 'approved', '--count', '3', '--save', file);
  const { exitCode, stdout } = await webhookCli(['verify', file, '--json'], { env });
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout).at(-1)).toMatchObject({ read: 3, valid: 3 });
});

test.each([
  [['--rate', '5', '--delay', '1s'], '--rate and --delay were given together'],
  [['--concurrency', '5', '--print', 'http'], '--concurrency has no meaning where nothing is sent'],
  [['--rate', '5', '--dry-run'], '--rate has no meaning where nothing is sent'],
  [['--count', '0'], "isn't a whole number of 1 or more"],
])('%j is a mistake', async (flags, words) => {
  const { exitCode, stderr } = await send(nobody, '-f', 'approved', ...flags);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});

test('--count with --print prints each of them, with ids of their own', async () => {
  const { stdout } = await send(nobody, '-f', 'approved', '--count', '3', '--print', 'json');
  const printed = stdout.trim().split('\n').map(text => (JSON.parse(text) as { bodyBase64: string }).bodyBase64); // prettier-ignore
  expect(new Set(printed).size).toBe(3);
});
