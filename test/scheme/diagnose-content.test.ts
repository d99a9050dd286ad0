import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { body, idsOf, keyOf, now, secretOf } from './mistakes/mistaken.js';

describe('a timestamp sent in another form', () => {
  const timed = (unit: 's' | 'ms' | 'rfc3339') =>
    new Scheme('any', {
      signature: { header: 'x-signature' },
      signed: '{timestamp}.{body}',
      timestamp: { header: 'x-time', unit, past: '5m', future: '5m' },
    });
  test.each([
    { unit: 's', timestamp: '1769851800123', id: 'sent-in-milliseconds', reason: 'timestamp-in-the-future' },
    { unit: 's', timestamp: '2026-01-31T09:30:00Z', id: 'sent-as-date', reason: 'timestamp-malformed' },
    { unit: 's', timestamp: 'Sat, 31 Jan 2026 09:30:00 GMT', id: 'sent-as-date', reason: 'timestamp-malformed' },
    { unit: 's', timestamp: '1769851800.5', id: 'sent-with-fractions', reason: 'timestamp-malformed' },
    { unit: 's', timestamp: '1769851800123456789', id: 'sent-in-nanoseconds', reason: 'timestamp-malformed' },
    { unit: 'ms', timestamp: '1769851800', id: 'sent-in-seconds', reason: 'timestamp-too-old' },
    { unit: 'rfc3339', timestamp: '1769851800', id: 'sent-in-seconds', reason: 'timestamp-malformed' },
    { unit: 'rfc3339', timestamp: '1769851800123', id: 'sent-in-milliseconds', reason: 'timestamp-malformed' },
  ] as const)('$unit: $timestamp', ({ unit, timestamp, id, reason }) => {
    const scheme = timed(unit);
    const value = createHmac('sha256', keyOf(scheme)).update(`${timestamp}.`).update(body).digest('hex');
    const message = { method: 'POST', body, headers: [['x-time', timestamp], ['x-signature', value]] as const }; // prettier-ignore
    expect(scheme.verify(message, [secretOf(scheme)], now)).toMatchObject({ valid: false, reason });
    const diagnosis = diagnose(message, { secrets: [secretOf(scheme)] }, scheme);
    expect(diagnosis).toMatchObject({ found: true, findings: [{ about: 'timestamp', id }] });
  });
});

test('tries the URL that a receiver sees behind a proxy', () => {
  const scheme = new Scheme('any', { signature: { header: 'x-signature' }, signed: '{method}{url}{body}' });
  const url = new URL('http://app.internal:3000/hooks?a=1');
  const check = (seen: string) => {
    const value = createHmac('sha256', keyOf(scheme)).update(`${seen}${body.toString()}`).digest('hex');
    const message = { method: 'POST', url, body, headers: [['x-signature', value]] as const };
    return idsOf(diagnose(message, { secrets: [secretOf(scheme)] }, scheme));
  };
  expect(check('POSThttps://app.internal:3000/hooks?a=1')).toEqual(['other-url']);
  expect(check('POST/hooks?a=1')).toEqual(['other-url']);
  expect(check('http://app.internal:3000/hooks?a=1')).toEqual(['method-left-out']);
  expect(check('POST')).toEqual(['url-left-out']);
  const value = createHmac('sha256', keyOf(scheme)).update(`POSThttps://example.org/hooks${body.toString()}`);
  const headers = [['host', 'example.org'], ['x-signature', value.digest('hex')]] as const; // prettier-ignore
  const received = { method: 'POST', target: '/hooks', body, headers };
  expect(idsOf(diagnose(received, { secrets: [secretOf(scheme)] }, scheme))).toEqual(['other-url']);
});
