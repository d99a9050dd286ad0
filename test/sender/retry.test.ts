import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../src/sender/http-client.js';
import type { FailureReason } from '../../src/sender/failure.js';
import type { Header } from '../../src/http/header.js';
import { decideRetry, type RetryDecision } from '../../src/sender/retry.js';

const now = new Date('2026-01-31T09:30:00Z');

const answered = (status: number, headers: readonly Header[] = []): Attempt => ({
  reply: { status, statusText: '', headers: [...headers], body: Buffer.alloc(0), isBodyCut: false },
  milliseconds: 1,
});

const failed = (reason: FailureReason): Attempt => ({ failure: { reason, cause: undefined }, milliseconds: 1 });

/** After the first of six attempts, with a maximum of a minute, unless others are given. */
const decide = (
  attempt: Attempt,
  { retries = 5, maxWait = 60_000, tries = 1, chance = 0.5 }: Partial<Record<string, number>> = {},
): RetryDecision => decideRetry(attempt, { retries, maxWait }, { tries, now, chance });

describe('retries what may be temporary', () => {
  test.each([408, 429, 500, 502, 503, 504])('the status %i', status => {
    expect(decide(answered(status))).toEqual({ again: true, wait: 250 });
  });

  test.each<FailureReason>(['refused', 'reset', 'unreachable', 'dns-unavailable', 'timeout', 'local-error'])(
    'a connection that fails because of: %s',
    reason => {
      expect(decide(failed(reason))).toEqual({ again: true, wait: 250 });
    },
  );
});

describe('doesn’t retry what would only fail again', () => {
  test.each<FailureReason>(['unknown-host', 'tls', 'not-http'])('a connection that fails because of: %s', reason => {
    expect(decide(failed(reason))).toEqual({ again: false, reason: 'final' });
  });

  test('every other status, even one that names a time', () => {
    const passing = [408, 429, 500, 502, 503, 504];
    const others = Array.from({ length: 500 }, (_, index) => 100 + index).filter(status => !passing.includes(status));
    expect(others).toEqual(expect.arrayContaining([200, 301, 307, 400, 401, 404, 409, 413, 425, 501, 505, 599]));
    for (const status of others) {
      expect(decide(answered(status, [['retry-after', '1']]))).toEqual({ again: false, reason: 'final' });
    }
  });
});

test.each([
  { retries: 0, tries: 1 },
  { retries: 1, tries: 2 },
  { retries: 5, tries: 6 },
])('$retries retries are used up after $tries attempts', ({ retries, tries }) => {
  expect(decide(answered(503), { retries, tries })).toEqual({ again: false, reason: 'used-up' });
  expect(decide(answered(503), { retries: retries + 1, tries })).toMatchObject({ again: true });
});

describe('the wait', () => {
  test.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [4, 4000],
    [6, 16_000],
    [7, 30_000],
    [8, 30_000],
    [1000, 30_000],
  ])('after %i attempts is up to %i ms long', (tries, longest) => {
    expect(decide(failed('reset'), { retries: 1000, tries, chance: 1 })).toEqual({ again: true, wait: longest });
    expect(decide(failed('reset'), { retries: 1000, tries, chance: 0 })).toEqual({ again: true, wait: 0 });
  });

  test('is a whole number within its bounds, and grows randomly', () => {
    const anyChance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), anyChance, anyChance, (tries, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)].map(chance =>
          decide(answered(500), { retries: 1000, tries, chance }),
        );
        const waits = [less, more].map(decision => (decision?.again ? decision.wait : Number.NaN));
        expect(waits.every(wait => Number.isInteger(wait) && wait >= 0 && wait <= 30_000)).toBe(true);
        expect(waits[0]).toBeLessThanOrEqual(waits[1]!);
      }),
    );
  });

  test('isn’t limited by --max-wait if the receiver asks for none', () => {
    expect(decide(answered(503), { tries: 5, chance: 1, maxWait: 1 })).toEqual({ again: true, wait: 8000 });
  });
});

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['1', 1000],
    ['60', 60_000],
    ['Sat, 31 Jan 2026 09:30:20 GMT', 20_000],
    ['Sat, 31 Jan 2026 09:29:00 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('"%s" is respected, whatever the random part is', (text, wait) => {
    for (const chance of [0, 0.5, 1]) {
      expect(decide(answered(503, [['Retry-After', text]]), { chance })).toEqual({ again: true, wait });
    }
  });

  test.each(['61', '99999', '9'.repeat(400), 'Sat, 31 Jan 2026 09:31:01 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    '"%s" is more than a minute, and ends the retries',
    text => {
      expect(decide(answered(429, [['retry-after', text]]))).toEqual({ again: false, reason: 'wait-too-long' });
    },
  );

  test.each(['soon', '', ' ', 'NaN', 'Infinity', '99 Foo 2026'])('"%s" is invalid, and ignored', text => {
    expect(decide(answered(503, [['retry-after', text]]))).toEqual({ again: true, wait: 250 });
  });

  test('exactly as long as --max-wait is respected', () => {
    const attempt = answered(503, [['retry-after', '2']]);
    expect(decide(attempt, { maxWait: 2000 })).toEqual({ again: true, wait: 2000 });
    expect(decide(attempt, { maxWait: 1999 })).toEqual({ again: false, reason: 'wait-too-long' });
  });

  test('is ignored when the retries are used up', () => {
    expect(decide(answered(503, [['retry-after', '1']]), { retries: 0 })).toEqual({ again: false, reason: 'used-up' });
  });

  test('with any value gives a valid wait, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, maxWait) => {
        const decision = decide(answered(503, [['RETRY-AFTER', text]]), { maxWait });
        if (decision.again) expect(decision.wait).toBeLessThanOrEqual(Math.max(maxWait, 500));
        if (decision.again) expect(decision.wait).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
