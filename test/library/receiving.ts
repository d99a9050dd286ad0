import { onTestFinished } from 'vitest';
import { createReceiver, generateEvent, sign, type ReceiverOptions, type WebhookReceiver } from '../../src/index.js';

export const secret = 'k7Qz2mVx9LpT';

const now = new Date('2026-01-31T09:30:00Z');

/** A receiver on a free port, which is closed after the test. */
export async function receiving(options: Partial<ReceiverOptions> = {}): Promise<WebhookReceiver> {
  const receiver = await createReceiver({ secret, ...options });
  onTestFinished(() => receiver.close().catch(() => undefined));
  return receiver;
}

export const eventOf = (status: string, seed = 1): Promise<Uint8Array> =>
  generateEvent('customer.status', { status, seed, now });

/** Sends a signed event, and returns the status of the response. */
export async function post(
  { url }: Pick<WebhookReceiver, 'url'>,
  body: string | Uint8Array,
  { with: used = secret, scheme = 'fin' }: { with?: string; scheme?: ReceiverOptions['scheme'] } = {},
): Promise<number> {
  const request = sign(body, { secret: used, scheme });
  const { status } = await fetch(url, { method: 'POST', headers: request.headers, body: request.body });
  return status;
}
