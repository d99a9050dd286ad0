import { createHash } from 'node:crypto';

export interface Shape {
  customer: string | undefined;
  seed: number | undefined;
  now: Date | undefined;
}

interface FixtureBody {
  event: Record<string, unknown>;
  data: Record<string, unknown>;
}

/** A fixture with another customer, event id or time; without any of them, its very bytes. */
export function reshape(body: Uint8Array, { customer, seed, now }: Shape): Uint8Array {
  if (customer === undefined && seed === undefined && now === undefined) return body;
  const { event, data } = JSON.parse(Buffer.from(body).toString()) as FixtureBody;
  if (customer !== undefined) event['event_reference_id'] = data['customer_id'] = customer;
  if (seed !== undefined) event['id'] = uuidOf(seed);
  if (now !== undefined) event['created_at'] = now.toISOString();
  return Buffer.from(JSON.stringify({ event, data }));
}

/** A UUID of version 4's form that depends on nothing but the seed. */
function uuidOf(seed: number): string {
  const hex = createHash('sha256').update(String(seed)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
