import { expect, test } from 'vitest';
import { secret } from '../conformance/receiver.js';
import { webhookCli } from '../support/cli.js';
import { startNaiveReceiver } from '../support/naive-receiver.js';

const env = { WEBHOOK_SECRET: secret };

test.each([
  ['dies at once', false],
  ['accepts one more connection before it is dead', true],
])('names the case whose connection was lost when the receiver %s', async (_, diesSlowly) => {
  const url = await startNaiveReceiver({ secret, catchesParseErrors: true, diesSlowly });
  const line = ['check', url, '--only', 'valid,deep,huge-number,duplicate-keys'];
  const { exitCode, stdout, stderr } = await webhookCli(line, { env });
  expect(exitCode).toBe(69);
  expect(stderr).toContain('"deep" ran last and may be the cause');
  expect(stdout).toContain('✘ 1 passed, 1 failed, 2 not run');
});
