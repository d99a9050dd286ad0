import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { reportsIn, startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signed, statusOf } from '../support/listening.js';

/** A function of the host that throws once, on the first call after it is broken. */
function breakable<Args extends unknown[], Value>(work: (...args: Args) => Value) {
  let isBroken = false;
  return {
    work: (...args: Args): Value => {
      if (!isBroken) return work(...args);
      isBroken = false;
      throw new TypeError('a bug of the test');
    },
    break: () => {
      isBroken = true;
    },
  };
}

const now = () => new Date('2026-01-01T00:00:00Z');

async function session(flags: readonly string[], host: Partial<Host>) {
  const running = startCli(['listen', '--port', '0', '--json', ...flags], { env, ...host });
  const [line] = (await once(createInterface({ input: running.stdout }), 'line')) as [string];
  return { ...running, url: (JSON.parse(line) as { url: string }).url };
}

describe('a bug in one request makes the session end with exit code 70, but doesn’t affect other requests', () => {
  test('while the request is recorded', async () => {
    const chance = breakable((size: number): Uint8Array => randomBytes(size));
    const file = path.join(temporaryFolder(), 'recording');
    const { url, stop, ended } = await session(['--save', file], { randomBytes: chance.work });
    expect(await statusOf(url, signed(approved))).toBe(200);
    chance.break();
    expect([await statusOf(url, signed(approved)), await statusOf(url, signed(approved))]).toEqual([500, 200]);
    stop();
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(70);
    expect(reportsIn(stdout).filter(({ type }) => type === 'request')).toMatchObject([
      { status: 200 },
      { status: 500, refusal: 'internal-error' },
      { status: 200 },
    ]);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', received: 3, accepted: 2, refused: 1 });
    expect(reportsIn(stderr)).toMatchObject([{ code: 'bug', message: 'a bug in webhook-cli: a bug of the test' }]);
  });

  test('before the request is looked at', async () => {
    const clock = breakable(now);
    const { url, stop, ended } = await session([], { now: clock.work });
    clock.break();
    expect([await statusOf(url, signed(approved)), await statusOf(url, signed(approved))]).toEqual([500, 200]);
    stop();
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(70);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', accepted: 1 });
  });

  test('even if all expected events have arrived', async () => {
    const clock = breakable(now);
    const { url, ended } = await session(['--count', '1'], { now: clock.work });
    clock.break();
    expect([await statusOf(url, signed(approved)), await statusOf(url, signed(approved))]).toEqual([500, 200]);
    expect((await ended).exitCode).toBe(70);
  });
});

test('demo ends with exit code 70 whichever clock reading fails, and never hangs', async () => {
  let looks = 0;
  const failingAt = (turn: number) => {
    looks = 0;
    return webhookCli(['demo', '--json'], {
      now: () => {
        looks += 1;
        if (looks === turn) throw new TypeError('a bug of the test');
        return now();
      },
    });
  };
  expect((await failingAt(0)).exitCode).toBe(0);
  const all = looks;
  expect(all).toBeGreaterThan(4);
  for (let turn = 1; turn <= all; turn += 1) {
    const { exitCode, stderr } = await failingAt(turn);
    expect({ exitCode, turn }).toEqual({ exitCode: 70, turn });
    expect(reportsIn(stderr)).toMatchObject([{ code: 'bug' }]);
  }
});
