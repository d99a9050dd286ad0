import { expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';

test('both sides report the same deliveries in order', async () => {
  const { exitCode, stdout, stderr } = await webhookCli(['demo', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const delivery = (seq: number, status: string, answer: number) => [
    { type: 'sent', seq, event: { status } },
    { type: 'request', seq, event: { status }, signature: { valid: answer === 200 }, status: answer },
    { type: 'reply', seq, status: answer, isExpected: true },
  ];
  expect(reportsIn(stdout)).toMatchObject([
    { type: 'ready' },
    ...delivery(1, 'QUEUED', 200),
    ...delivery(2, 'REVIEWING', 200),
    ...delivery(3, 'APPROVED', 200),
    ...delivery(4, 'APPROVED', 401),
    { type: 'demo', isPassed: true },
  ]);
});

test('the forged delivery keeps the customer and the signature of the first one', async () => {
  const reports = reportsIn((await webhookCli(['demo', '--json'])).stdout);
  const sent = reports.filter(({ type }) => type === 'sent') as unknown as {
    event: { id: string };
    isTampered?: boolean;
  }[];
  expect(sent.at(3)?.event.id).toBe(sent[0]?.event.id);
  expect(sent.map(({ isTampered }) => isTampered === true)).toEqual([false, false, false, true]);
});

test('needs no configuration, and creates none', async () => {
  // In a home that isn't writable, any attempt to store a secret would fail.
  const { exitCode, stdout } = await webhookCli(['demo'], { homeDirectory: '/dev/null' });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('✔ Three were accepted, and the tampered one was refused.');
});

test('an interrupted demo doesn’t pass', async () => {
  const { exitCode, stdout } = await webhookCli(['demo', '--json'], {
    onInterrupt: stop => {
      stop('SIGINT');
    },
  });
  expect(exitCode).toBe(130);
  expect(reportsIn(stdout).at(-1)).toEqual({ type: 'demo', isPassed: false, program: 'webhook-cli' });
});

test.each([
  ['npx webhook-cli', { npm_command: 'exec' }],
  ['webhook-cli', { npm_command: 'run-script' }],
])('ends with the next command to run, as %s', async (program, env) => {
  const { stdout } = await webhookCli(['demo'], { env });
  expect(stdout).toMatch(new RegExp(`: ${program} listen and ${program} send --status APPROVED\n$`));
});
