import type { ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { reportsIn, startCli, webhookCli } from '../support/cli.js';
import { startReceiver } from '../support/receiver.js';
import { startServer } from '../sender/attempt.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

/** A host whose random number is always zero, so it waits no longer than asked. */
const host = { env, randomBytes: (size: number) => new Uint8Array(size) };

type Answer = (response: ServerResponse) => unknown;

/** Responds in order; the last response repeats. */
const inTurn = (...answers: Answer[]): Answer => {
  let turn = 0;
  return response => {
    answers[Math.min(turn, answers.length - 1)]?.(response);
    turn += 1;
  };
};

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  response =>
    response.writeHead(code, headers).end();

test('a 503 followed by a 200 is two attempts with the same bytes, and a success', async () => {
  const { url, received } = await startReceiver(inTurn(status(503), status(200)));
  const { exitCode, stdout } = await webhookCli(['send', '-f', 'approved', '--url', url, '--retries', '3'], host);
  expect(exitCode).toBe(0);
  expect(received).toHaveLength(2);
  const [first, second] = received.map(({ target, rawHeaders, body }) => ({ target, rawHeaders, body }));
  expect(second).toEqual(first);
  expect(stdout).toMatch(/^→ .*\n← 503 Service Unavailable {2}\d+ ms\n↻ again in 0 ms, attempt 2 of 4\n← 200 OK .*\n$/);
});

describe('an attempt that will be retried is not a failure yet', () => {
  const line = (url: string, ...flags: string[]) => ['send', '-f', 'approved', '--url', url, ...flags];

  test('--quiet shows neither it nor its other unmet expectations', async () => {
    const { url } = await startReceiver(inTurn(status(503), status(200, { 'x-ready': 'yes' })));
    const flags = ['--retries', '3', '--expect-header', 'x-ready: yes', '--quiet'];
    expect(await webhookCli(line(url, ...flags), host)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('--json reports it, and that another attempt follows', async () => {
    const { url } = await startReceiver(status(503));
    const { stdout } = await webhookCli(line(url, '--retries', '1', '--json'), host);
    const [first, last] = reportsIn(stdout).filter(({ type }) => type === 'reply');
    expect(first).toMatchObject({ isExpected: false, unmet: [{ what: 'status' }], isRetried: true });
    expect(first).not.toHaveProperty('hint');
    expect(last).toMatchObject({ isExpected: false, hint: expect.stringContaining('overloaded') as string });
    expect(last).not.toHaveProperty('isRetried');
  });

  test('the last attempt is, with everything known about it', async () => {
    const { url } = await startReceiver(status(503));
    const { exitCode, stdout } = await webhookCli(line(url, '--retries', '1', '--quiet'), host);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^← 503 .* expected 2xx\n {2}hint: .*\n$/);
  });
});

test('--json reports each attempt and the reason for the next', async () => {
  const { url } = await startReceiver(
    inTurn(status(429, { 'retry-after': '0' }), response => response.destroy(), status(204)),
  );
  const { exitCode, stdout } = await webhookCli(['send', '-f', 'approved', '--url', url, '--retries', '2', '--json'], host); // prettier-ignore
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout).slice(1)).toMatchObject([
    { type: 'reply', seq: 1, attempt: 1, status: 429, isExpected: false },
    { type: 'retry', seq: 1, attempt: 2, attempts: 3, wait: 0, because: 429 },
    { type: 'retry', seq: 1, attempt: 3, attempts: 3, wait: 0, because: 'reset' },
    { type: 'reply', seq: 1, attempt: 3, status: 204, isExpected: true, unmet: [] },
  ]);
});

describe('attempts', () => {
  test.each<[code: number, flags: string[], attempts: number, exitCode: number]>([
    [503, [], 1, 1],
    [503, ['--retries', '0'], 1, 1],
    [503, ['--retries', '2'], 3, 1],
    [500, ['--retries', '1'], 2, 1],
    [408, ['--retries', '1'], 2, 1],
    [429, ['--retries', '1'], 2, 1],
    [400, ['--retries', '2'], 1, 1],
    [401, ['--retries', '2'], 1, 1],
    [307, ['--retries', '2'], 1, 1],
    [413, ['--retries', '2'], 1, 1],
    [501, ['--retries', '2'], 1, 1],
    [200, ['--retries', '2'], 1, 0],
    [503, ['--retries', '2', '--expect-status', '503'], 1, 0],
    [500, ['--retries', '2', '--expect-status', '5xx'], 1, 0],
    [200, ['--retries', '2', '--expect-status', '401'], 1, 1],
    [503, ['--retries', '2', '--expect-status', '503', '--expect-body', 'never'], 3, 1],
  ])('at a receiver that returns %i, with %j: %i, and the code is %i', async (...[code, flags, attempts, exitCode]) => {
    const { url, received } = await startReceiver(status(code));
    expect(await webhookCli(['send', '-f', 'approved', '--url', url, ...flags], host)).toMatchObject({ exitCode });
    expect(received).toHaveLength(attempts);
  });

  test('at a port that refuses are repeated, and end with 69', async () => {
    const line = ['send', '-f', 'approved', '--url', 'http://127.0.0.1:1/', '--retries', '2'];
    const { exitCode, stdout, stderr } = await webhookCli(line, host);
    expect(exitCode).toBe(69);
    expect(stdout.match(/↻ no response \(refused\); again in 0 ms, attempt [23] of 3/g)).toHaveLength(2);
    expect(stderr.match(/error: nothing is listening/g)).toHaveLength(1);
  });

  test('at a server that doesn’t speak HTTP are not repeated', async () => {
    let connections = 0;
    const { url } = await startServer(socket => {
      connections += 1;
      socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    });
    const { exitCode } = await webhookCli(['send', '-f', 'approved', '--url', url, '--retries', '2'], host);
    expect({ exitCode, connections }).toEqual({ exitCode: 69, connections: 1 });
  });

  test('are counted for each delivery, and a failed delivery doesn’t stop the next', async () => {
    const { url, received } = await startReceiver(
      inTurn(status(503), status(503), status(401), status(503), status(200)),
    );
    const line = ['send', '-s', 'QUEUED,REVIEWING,APPROVED', '--url', url, '--retries', '1', '--json'];
    const { exitCode, stdout } = await webhookCli(line, host);
    expect(exitCode).toBe(1);
    expect(received).toHaveLength(5);
    expect(reportsIn(stdout).at(-1)).toEqual({ type: 'summary', asked: 3, expected: 1, unexpected: 2, failed: 0 });
  });
});

describe('Retry-After', () => {
  test.each([['99999'], ['61'], ['Fri, 31 Dec 9999 23:59:59 GMT']])(
    '%s is more than --max-wait allows: one attempt, and a reason',
    async wait => {
      const { url, received } = await startReceiver(status(503, { 'retry-after': wait }));
      const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', url, '--retries', '3'], host);
      expect(exitCode).toBe(1);
      expect(stderr).toBe("warning: the receiver's Retry-After is longer than --max-wait allows\n");
      expect(received).toHaveLength(1);
    },
  );

  test('is respected up to --max-wait', async () => {
    const { url, received } = await startReceiver(inTurn(status(503, { 'retry-after': '1' }), status(200)));
    const line = ['send', '-f', 'approved', '--url', url, '--retries', '3'];
    expect(await webhookCli([...line, '--max-wait', '999ms'], host)).toMatchObject({ exitCode: 1 });
    expect(received).toHaveLength(1);
  });

  test('in the past means no wait', async () => {
    const past = 'Wed, 31 Dec 2025 23:59:59 GMT';
    const { url, received } = await startReceiver(inTurn(status(429, { 'retry-after': past }), status(200)));
    const line = ['send', '-f', 'approved', '--url', url, '--retries', '1'];
    expect(await webhookCli(line, { env })).toMatchObject({ exitCode: 0 });
    expect(received).toHaveLength(2);
  });
});

describe('an interrupt during the wait ends it at once', () => {
  test.each<[what: string, signal: 'SIGINT' | 'SIGTERM', flags: string[], exitCode: number]>([
    ['for the next attempt', 'SIGINT', ['-s', 'QUEUED', '--retries', '3'], 130],
    ['for the next attempt', 'SIGTERM', ['-s', 'QUEUED,APPROVED', '--retries', '3'], 143],
    ['for the next delivery', 'SIGINT', ['-s', 'QUEUED,APPROVED', '--delay', '1h'], 130],
  ])('%s (%s, %j)', async (...[, signal, flags, exitCode]) => {
    const { url, received } = await startReceiver(status(503, { 'retry-after': '50' }));
    const running = startCli(['send', ...flags, '--url', url, '--json'], host);
    // The last line before the wait: the response, or the announcement of a retry.
    const last = flags.includes('--delay') ? '"reply"' : '"retry"';
    await new Promise<void>(resolve => {
      createInterface({ input: running.stdout }).on('line', line => {
        if (line.includes(last)) resolve();
      });
    });
    running.stop(signal);
    expect((await running.ended).exitCode).toBe(exitCode);
    expect(received).toHaveLength(1);
  });
});

test('--delay doesn’t stop any delivery', async () => {
  const { url, received } = await startReceiver();
  const line = ['send', '-s', 'QUEUED,REVIEWING,APPROVED', '--url', url, '--delay', '1ms'];
  expect(await webhookCli(line, host)).toMatchObject({ exitCode: 0 });
  expect(received).toHaveLength(3);
});
