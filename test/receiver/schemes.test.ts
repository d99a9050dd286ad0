import { describe, expect, test } from 'vitest';
import { knownFrom, vectors } from '../scheme/vectors.js';
import { approved, signed, statusOf } from '../support/listening.js';
import { receiving, witness } from './receiving.js';

const others = vectors.filter(({ preset }) => preset !== 'fin');

describe.each(others)('$preset: the known answer of $source', vector => {
  const { scheme, secret, headers: pairs, now } = knownFrom(vector);
  const [headers, time] = [Object.fromEntries(pairs), scheme.definition.timestamp];
  const body = Buffer.from(vector.body);
  const options = { scheme, secrets: [secret], inspect: undefined, clock: { now: () => now } };

  test('is verified by the same receiver', async () => {
    const { subscriber, events } = witness();
    const { url } = await receiving({ ...options, subscribers: [subscriber] });
    expect(await statusOf(url, { method: 'POST', body, headers })).toBe(200);
    expect(await statusOf(url, { method: 'POST', body: Buffer.concat([body, Buffer.from(' ')]), headers })).toBe(401);
    expect(await statusOf(url, signed(approved))).toBe(401);
    const reasons = events.flatMap(event =>
      event.type === 'answered' && event.assessment.signature?.valid === false
        ? [event.assessment.signature.reason]
        : [],
    );
    expect(reasons).toEqual(['signature-mismatch', 'signature-missing']);
  });

  if (time?.past)
    test('is refused after it expires', async () => {
      const { url } = await receiving({ ...options, clock: { now: () => new Date(now.getTime() + 3_600_000) } });
      expect(await statusOf(url, { method: 'POST', body, headers })).toBe(401);
    });
});
