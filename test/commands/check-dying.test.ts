import { describe, expect, test } from 'vitest';
import { secret } from '../conformance/receiver.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { startNaiveReceiver, type Habits } from '../support/naive-receiver.js';

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

describe('a receiver that verifies re-serialised JSON, and dies of', () => {
  test.each<[string, Omit<Habits, 'secret'>, string]>([
    ['text that is not JSON', {}, 'not-json'],
    ['nested JSON', { catchesParseErrors: true }, 'deep'],
    ['a missing signature', { matches: 'timingSafeEqual(Buffer.from(given), Buffer.from(expected))' }, 'unsigned'],
  ])('%s, has its cause, too', async (_, habits, last) => {
    const url = await startNaiveReceiver({ secret, ...habits });
    const { exitCode, stdout, stderr } = await webhookCli(['check', url], { env });
    expect(exitCode).toBe(69);
    expect(stderr).toContain(`"${last}" ran last and may be the cause`);
    expect(stdout).toContain('cause: it verifies the body re-serialised as compact JSON, not the bytes that arrived');
  });
});

test('A cause that only a dead receiver could confirm isn’t claimed, but one that the results prove is.', async () => {
  const url = await startNaiveReceiver({ secret });
  const line = ['check', url, '--only', 'valid,unsigned,wrong-secret,not-json', '--json'];
  const { stdout } = await webhookCli(line, { env });
  expect(reportsIn(stdout).at(-1)).toMatchObject({ causes: [{ id: 'parsing-throws', explains: ['not-json'] }] });
});
