import { describe, expect, test } from 'vitest';
import { Scheme } from '../../src/scheme/scheme.js';
import { secretFromKey } from '../../src/scheme/secret.js';
import { vectors } from '../scheme/vectors.js';
import { approved, signed, statusOf } from '../support/listening.js';
import { receiving, witness } from './receiving.js';

describe.each(vectors)('the scheme of $source, given as data', vector => {
  const { definition, key, body, value, timestamp, id } = vector;
  const scheme = new Scheme('other', definition);
  const time = definition.timestamp;
  const headers: Record<string, string> = { [definition.signature.header]: value };
  if (time?.header !== undefined) headers[time.header] = timestamp ?? '';
  if (typeof definition.id === 'object') headers[definition.id.header] = id ?? '';
  const sentAt = new Date(Number(timestamp ?? 0) * (time?.unit === 'ms' ? 1 : 1000));
  const options = { scheme, secrets: [secretFromKey(key, 'test')], inspect: undefined, clock: { now: () => sentAt } };

  test('is verified by the same receiver', async () => {
    const { subscriber, events } = witness();
    const { url } = await receiving({ ...options, subscribers: [subscriber] });
    expect(await statusOf(url, { method: 'POST', body, headers })).toBe(200);
    expect(await statusOf(url, { method: 'POST', body: `${body} `, headers })).toBe(401);
    expect(await statusOf(url, signed(approved))).toBe(401);
    const reasons = events.flatMap(event =>
      event.type === 'answered' && event.assessment.signature?.valid === false
        ? [event.assessment.signature.reason]
        : [],
    );
    expect(reasons).toEqual(['signature-mismatch', 'signature-missing']);
  });

  test.runIf(time?.past)('is refused once its time is past', async () => {
    const { url } = await receiving({ ...options, clock: { now: () => new Date(sentAt.getTime() + 3_600_000) } });
    expect(await statusOf(url, { method: 'POST', body, headers })).toBe(401);
  });
});
