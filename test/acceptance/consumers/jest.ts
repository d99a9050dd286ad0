import { expect } from 'expect';
import { matchers, sign, verify, type WebhookMatchers } from 'webhook-cli';

declare module 'expect' {
  interface Matchers<R> extends WebhookMatchers<R> {}
}

expect.extend(matchers);

const secret = 'k7Qz2mVx9LpT';
const request = sign({ a: 1 }, { secret });
expect(verify(request, { secret })).toBeVerified();
expect(verify(request, { secret: 'another secret' })).not.toBeVerified();
console.log('matched');
