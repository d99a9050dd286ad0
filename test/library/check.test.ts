import { expect, test } from 'vitest';
import { checkReceiver, matchers, generateEvent, UnknownNameError, UsageError, validate } from '../../src/index.js';
import { post, eventOf, receiving, secret } from './receiving.js';

test('checkReceiver reports each case, the totals and the cause.', async () => {
  const receiver = await receiving();
  const report = await checkReceiver(receiver.url, { secret, only: ['accepts'], seed: 1 });
  expect(report).toMatchObject({ isConformant: true, ended: 'complete', failed: 0, causes: [], seed: 1 });
  expect(report.passed).toBe(report.cases.length - report.advice - report.notRun);
  expect(report.cases[0]).toMatchObject({ id: 'valid', group: 'accepts', outcome: 'passed', statuses: [200] });
  const wrong = await checkReceiver(receiver.url, { secret: 'p0Wn8RtYb3Hs', only: ['valid', 'unsigned'] });
  expect(wrong).toMatchObject({ isConformant: false, ended: 'refusing', notRun: 1 });
  expect(matchers.toConform(wrong).pass).toBe(false);
  expect(matchers.toConform(wrong).message()).toMatch(
    /^the receiver does not conform: 0 passed, 1 failed, 1 not run: they would fail for the same reason\n.*fix: /,
  );
});

test('checkReceiver needs permission for a remote receiver, and refuses unknown names.', async () => {
  await expect(checkReceiver('https://example.com', { secret })).rejects.toThrow('example.com is a remote receiver');
  await expect(checkReceiver('http://127.0.0.1:1', { secret, only: ['bob'] })).rejects.toThrow(UnknownNameError);
  await expect(checkReceiver('http://127.0.0.1:1', { secret, only: ['effects'] })).rejects.toThrow(UsageError);
  expect(await checkReceiver('http://127.0.0.1:1', { secret })).toMatchObject({ ended: 'gone', isConformant: false });
});

test('Matchers say what’s wrong, and refuse unsuitable values.', async () => {
  const receiver = await receiving();
  await post(receiver, await eventOf('QUEUED'));
  await post(receiver, '{}', { with: 'p0Wn8RtYb3Hs' });
  const [queued, forged] = receiver.requests;
  expect(matchers.toBeVerified(queued).pass).toBe(true);
  expect(matchers.toBeVerified(forged).message()).toMatch(/^the request is not verified\n {2}signature-mismatch: /);
  const result = matchers.toHaveReceived(receiver, { 'data.customer_status': 'APPROVED' });
  expect(result.pass).toBe(false);
  expect(result.message()).toMatch(/^data.customer_status = "APPROVED": came 0 times in 2 requests; expected: at least once\n {2}#1 data.customer_status is "QUEUED"\n {2}#2 signature-mismatch/); // prettier-ignore
  expect(matchers.toHaveReceived(receiver, undefined, { times: 2 }).pass).toBe(false);
  for (const attempt of [
    () => matchers.toBeVerified(Promise.resolve(queued)),
    () => matchers.toHaveReceived([]),
    () => matchers.toConform(undefined),
    () => matchers.toHaveReceived(receiver, () => Promise.resolve(true)),
  ])
    expect(attempt).toThrow(UsageError);
});

test('generateEvent returns the same bytes for the same seed and time, and refuses unknown names.', async () => {
  const now = new Date('2026-01-31T09:30:00Z');
  const [one, other] = await Promise.all(
    [1, 1].map(seed => generateEvent('customer.status', { status: 'approved', seed, now })),
  );
  expect(one).toEqual(other);
  expect(await validate(one ?? '', { event: 'customer.status' })).toEqual({ isValid: true, problems: [] });
  expect((await validate(one ?? '', { event: 'customer.rfi' })).isValid).toBe(false);
  await expect(generateEvent('customer.status', { status: 'APROVED' })).rejects.toThrow('unknown status "APROVED"');
  await expect(generateEvent('customer' as never)).rejects.toThrow('unknown event "customer"');
  expect(await validate('{"event":', {})).toMatchObject({ isValid: false, problems: [{ code: 'not-json', line: 1 }] });
});
