import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { decodeRecord } from '../../src/recording/decode.js';
import { encodeRecord } from '../../src/recording/record.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';
import { linesOf } from '../support/recording.js';

const start = Date.parse('2026-01-31T09:30:00.000Z');
const hour = 3_600_000;

/** A recording of these bodies, each received this many milliseconds after the first. */
const recording = (bodies: readonly (string | Uint8Array)[], times: readonly number[] = []) =>
  Buffer.concat(
    bodies.map((body, index) =>
      encodeRecord({
        ...{ kind: 'request', id: String(index), seq: index + 1, method: 'POST', target: '/', complete: true },
        ...{ receivedAt: new Date(start + (times[index] ?? 0)).toISOString(), body: Buffer.from(body), headers: [] },
      }),
    ),
  );

async function replay(content: Uint8Array, flags: readonly string[], overrides: Partial<Host> = {}) {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured'), content);
  const run = await webhookCli(['replay', 'captured', '--json', ...flags], { cwd, ...overrides });
  return { ...run, cwd, reports: reportsIn(run.stdout) };
}

/** A host whose user may interrupt. */
function interruptible(): { interrupt: () => void; onInterrupt: Host['onInterrupt'] } {
  let stop: Parameters<Host['onInterrupt']>[0] = () => undefined;
  return {
    interrupt: () => {
      stop('SIGINT');
    },
    onInterrupt: handler => {
      stop = handler;
    },
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

test('--json reports requests and responses in the same form as send', async () => {
  const { url } = await startReceiver(response => response.writeHead(500).end());
  const { exitCode, reports, stderr } = await replay(recording([approved, 'x']), ['--url', url]);
  expect(exitCode).toBe(1);
  expect(reportsIn(stderr).map(({ type }) => type)).toEqual(['warning']);
  const sent = { type: 'sent', method: 'POST', url, algorithm: null };
  const reply = {
    ...{ type: 'reply', attempt: 1, status: 500, statusText: 'Internal Server Error', isExpected: false },
    ...{ milliseconds: expect.any(Number) as number, unmet: [{ what: 'status', expected: '2xx', got: '500' }] },
  };
  const event = {
    ...{ type: 'customer.status', id: '017995f9-68ba-4415-ba3c-14c3a8e41bce' },
    ...{ referenceId: '6b042125-686a-43e0-8a68-23cf5bee102e', status: 'APPROVED' },
  };
  expect(reports).toEqual([
    { ...sent, seq: 1, source: 'captured 1', event, bytes: 622 },
    { ...reply, seq: 1, hint: 'the receiver failed: check its log' },
    { ...sent, seq: 2, source: 'captured 2', event: {}, bytes: 1 },
    { ...reply, seq: 2 },
    { type: 'summary', asked: 2, expected: 0, unexpected: 2, failed: 0 },
  ]);
});

test.each([
  [401, ['--expect-status', '401'], 0],
  [200, ['--expect-status', '401'], 1],
  [302, [], 1],
  [204, ['--expect-status', '200,204', '--expect-header', 'x-id: 7'], 0],
  [200, ['--expect-body', '/^O.$/'], 0],
  [200, ['--expect-body', 'no'], 1],
])('a response of %i with %j ends with %i', async (status, flags, expected) => {
  const { url } = await startReceiver(response => response.writeHead(status, { 'x-id': '7' }).end('OK'));
  expect(await replay(recording(['x']), ['--url', url, ...flags])).toMatchObject({ exitCode: expected });
});

test('a connection refused gives exit code 69, and every request is tried', async () => {
  const { exitCode, reports, stderr } = await replay(recording(['a', 'b']), ['--url', 'http://127.0.0.1:1/']);
  expect(exitCode).toBe(69);
  expect(reportsIn(stderr).filter(({ type }) => type === 'error')).toHaveLength(2);
  expect(reports.at(-1)).toEqual({ type: 'summary', asked: 2, expected: 0, unexpected: 0, failed: 2 });
});

test('--retries sends the same bytes again', async () => {
  const statuses = [503, 500, 200];
  const { url, received } = await startReceiver(response => response.writeHead(statuses.shift() ?? 200).end());
  const content = recording([Buffer.from([0xff, 0, 0x0a])]);
  // Without randomness there is no wait.
  const randomBytes = (size: number) => new Uint8Array(size);
  const { exitCode, reports } = await replay(content, ['--url', url, '--retries', '2'], { randomBytes });
  expect(exitCode).toBe(0);
  expect(received.map(({ body }) => body.toString('hex'))).toEqual(['ff000a', 'ff000a', 'ff000a']);
  expect(reports.filter(({ type }) => type === 'retry')).toMatchObject([
    { seq: 1, attempt: 2, attempts: 3, because: 503 },
    { seq: 1, attempt: 3, attempts: 3, because: 500 },
  ]);
});

test('--save records requests and responses that can be replayed', async () => {
  const { url, received } = await startReceiver(response => response.writeHead(202).end('later'));
  const flags = ['--url', `${url}hook`, '--save', 'again.ndjson', '--fsync'];
  const { cwd } = await replay(recording(['a', 'b']), flags);
  const records = [];
  for await (const line of linesOf(createReadStream(path.join(cwd, 'again.ndjson'))))
    if (line.length > 0) records.push(decodeRecord(line));
  const [sent, reply] = [{ kind: 'sent', method: 'POST', target: '/hook' }, { kind: 'reply', status: 202 }]; // prettier-ignore
  expect(records).toMatchObject([{ record: sent }, { record: reply }, { record: sent }, { record: reply }]);
  const { exitCode } = await webhookCli(['replay', 'again.ndjson', '--url', url], { cwd });
  expect(exitCode).toBe(0);
  expect(received.map(({ body }) => body.toString())).toEqual(['a', 'b', 'a', 'b']);
});

describe('--speed', () => {
  async function arrivals(times: readonly number[], ...flags: string[]) {
    const came: number[] = [];
    const start = performance.now();
    const { url, received } = await startReceiver(response => {
      came.push(performance.now());
      response.writeHead(200).end();
    });
    const { exitCode } = await replay(recording(numbers(times.length), times), ['--url', url, ...flags]);
    expect(exitCode).toBe(0);
    const bodies = received.map(({ body }) => body.toString());
    // Measured from before the first was due, so a late arrival doesn't affect the next.
    return { bodies, came: came.map(time => time - start) };
  }

  test.each([
    ['1x', [0, 200, 200, 400]],
    ['10x', [0, 2000, 2000, 4000]],
    ['0.5x', [0, 100, 100, 200]],
  ])('%s keeps the order, and sends nothing early', async (speed, times) => {
    const { bodies, came } = await arrivals(times, '--speed', speed);
    expect(bodies).toEqual(['1', '2', '3', '4']);
    expect(came[1]).toBeGreaterThanOrEqual(190);
    expect(came[3]).toBeGreaterThanOrEqual(390);
  });

  test('starts with the first request sent', async () => {
    const { bodies } = await arrivals([0, hour, hour + 1], '--speed', '1x', '--only', '2,3');
    expect(bodies).toEqual(['2', '3']);
  });

  test.each([[[]], [['--speed', 'max']]])('with %j, nothing waits for its time', async flags => {
    const { bodies } = await arrivals([0, hour, 2 * hour], ...flags);
    expect(bodies).toEqual(['1', '2', '3']);
  });

  test('continues at once if the recorded time runs backwards', async () => {
    expect((await arrivals([0, -hour, 0], '--speed', '1x')).bodies).toEqual(['1', '2', '3']);
  });
});

describe('--concurrency', () => {
  test('sends that number of requests at once, and reports the result of each', async () => {
    const held: (() => void)[] = [];
    let [onTheirWay, most] = [0, 0];
    const { url, received } = await startReceiver((response, { body }) => {
      most = Math.max(most, (onTheirWay += 1));
      held.push(() => {
        onTheirWay -= 1;
        response.writeHead(Number(body.toString()) % 3 === 0 ? 400 : 200).end();
      });
      // Each must wait for three others.
      if (held.length === 4) for (const answer of held.splice(0)) answer();
    });
    const { exitCode, reports } = await replay(recording(numbers(12)), ['--url', url, '--concurrency', '4']);
    expect({ exitCode, most }).toEqual({ exitCode: 1, most: 4 });
    expect(received.map(({ body }) => body.toString()).sort()).toEqual(numbers(12).sort());
    const bySeq = (type: string) =>
      reports.filter(report => report['type'] === type).sort((one, other) => Number(one['seq']) - Number(other['seq']));
    expect(bySeq('sent').map(({ seq, source }) => [seq, source])).toEqual(
      numbers(12).map(position => [Number(position), `captured ${position}`]),
    );
    expect(bySeq('reply').map(({ status }) => status)).toEqual(numbers(12).map(n => (Number(n) % 3 === 0 ? 400 : 200)));
    expect(reports.at(-1)).toEqual({ type: 'summary', asked: 12, expected: 8, unexpected: 4, failed: 0 });
    let open = 0;
    for (const { type } of reports.slice(0, -1)) expect((open += type === 'sent' ? 1 : -1)).toBeLessThanOrEqual(4);
  });

  test('may exceed the number of requests', async () => {
    const { url, received } = await startReceiver();
    const { exitCode } = await replay(recording(['a', 'b']), ['--url', url, '--concurrency', '1000']);
    expect(exitCode).toBe(0);
    expect(received).toHaveLength(2);
  });

  test('defaults to 1: each request waits for the previous response', async () => {
    const answers: ServerResponse[] = [];
    let early = 0;
    const { url } = await startReceiver(response => {
      if (!answers.every(earlier => earlier.writableFinished)) early += 1;
      answers.push(response.writeHead(200).end());
    });
    const { reports } = await replay(recording(numbers(4)), ['--url', url]);
    expect(early).toBe(0);
    expect(reports.map(({ type, seq }) => `${String(type)} ${String(seq)}`).slice(0, -1)).toEqual(
      numbers(4).flatMap(seq => [`sent ${seq}`, `reply ${seq}`]),
    );
  });
});

describe('an interrupt', () => {
  test('lets requests in flight finish, and sends nothing more: 130', async () => {
    const { interrupt, onInterrupt } = interruptible();
    const held: ServerResponse[] = [];
    const { url, received } = await startReceiver(response => {
      if (held.push(response) < 3) return;
      interrupt();
      for (const answer of held) answer.writeHead(200).end();
    });
    const flags = ['--url', url, '--concurrency', '3'];
    const { exitCode, reports } = await replay(recording(numbers(9)), flags, { onInterrupt });
    expect(exitCode).toBe(130);
    expect(received).toHaveLength(3);
    expect(reports.filter(({ type }) => type === 'reply')).toHaveLength(3);
    expect(reports.at(-1)).toEqual({ type: 'summary', asked: 9, expected: 3, unexpected: 0, failed: 0 });
  });

  test('ends the wait for a recorded time', async () => {
    const { interrupt, onInterrupt } = interruptible();
    const { url, received } = await startReceiver(response => {
      response.writeHead(200).end(interrupt);
    });
    const content = recording(['a', 'b'], [0, hour]);
    const { exitCode, reports } = await replay(content, ['--url', url, '--speed', '1x'], { onInterrupt });
    expect(exitCode).toBe(130);
    expect(received).toHaveLength(1);
    expect(reports.at(-1)).toMatchObject({ type: 'summary', asked: 2, expected: 1 });
  });
});
