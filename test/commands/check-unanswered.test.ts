import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { secret } from '../conformance/receiver.js';
import { reportsIn, webhookCli } from '../support/cli.js';

const env = { WEBHOOK_SECRET: secret };

/** A receiver that accepts connections and does only this with them. */
async function startSilent(treat: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createServer(socket => {
    open.add(socket.on('error', () => undefined));
    treat(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const silences: readonly [name: string, reason: string, treat: (socket: Socket) => void][] = [
  ['resets', 'reset', socket => socket.once('data', () => socket.resetAndDestroy())],
  ['hangs', 'timeout', socket => socket.resume()],
  ['sends garbage', 'not-http', socket => socket.once('data', () => socket.end('rubbish, not HTTP\r\n\r\n'))],
];

describe.each(silences)('a receiver that %s', (_, reason, treat) => {
  test.each([
    ['upper-case', 'info'],
    ['fast', 'advised'],
    ['prefixed', 'advised'],
    ['unknown-event', 'advised'],
    ['not-json', 'required'],
  ])('passes no case without a response: %s', async (id, level) => {
    const line = ['check', await startSilent(treat), '--only', id, '--timeout', '100ms', '--json'];
    const { exitCode, stdout } = await webhookCli(line, { env });
    expect(exitCode).toBe(1);
    const [report, summary] = reportsIn(stdout);
    expect(report).toMatchObject({ id, level, outcome: 'failed', got: { kind: 'failure', reason }, statuses: [] });
    expect(summary).toMatchObject({ isConformant: false, passed: 0, failed: 1, advice: 0 });
  });

  test('doesn’t pass if only leaks are checked', async () => {
    const line = ['check', await startSilent(treat), '--only', 'leaks', '--timeout', '100ms'];
    expect(await webhookCli(line, { env })).toMatchObject({ exitCode: 1 });
  });
});

test('A case that accepts any response reports a missing one, and what to do.', async () => {
  const url = await startSilent(socket => socket.once('data', () => socket.resetAndDestroy()));
  const { stdout } = await webhookCli(['check', url, '--only', 'upper-case'], { env });
  expect(stdout).toMatch(/✘ {2}upper-case {12}no response/);
  expect(stdout).toContain('got: no response: the connection was closed\n');
  expect(stdout).toContain('fix: respond to every request, even one that you refuse\n');
});
