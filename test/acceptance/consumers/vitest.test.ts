import { expect, test } from 'vitest';
import { checkReceiver, createReceiver, sign, verify } from 'webhook-cli';
import 'webhook-cli/vitest';

const secret = 'k7Qz2mVx9LpT';

test('matchers', async () => {
  await using receiver = await createReceiver({ secret, scheme: 'github' });
  const request = sign({ a: 1 }, { secret, scheme: 'github' });
  await fetch(receiver.url, request);
  expect(await receiver.waitFor({ a: 1 })).toBeVerified();
  expect(verify(request, { secret, scheme: 'github' })).toBeVerified();
  expect(receiver).toHaveReceived({ a: 1 }, { times: 1 });
  expect(receiver).not.toHaveReceived({ a: 2 });
  expect(() => {
    expect(verify(request, { secret: 'another secret', scheme: 'github' })).toBeVerified();
  }).toThrow('signature-mismatch');
  const report = await checkReceiver('http://127.0.0.1:1', { secret });
  expect(report).not.toConform();
});
