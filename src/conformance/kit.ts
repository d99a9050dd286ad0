import { createHmac } from 'node:crypto';
import type { CustomerType } from '../event/event.js';
import { generateEvents } from '../event/maker.js';
import { reshape } from '../event/reshape.js';
import { microseconds, timeOf } from '../event/timestamp.js';
import { createSecret, type Secret } from '../scheme/secret.js';
import type { Algorithm } from '../scheme/definition.js';
import type { Scheme } from '../scheme/scheme.js';

export interface KitOptions {
  scheme: Scheme;
  /** The one that the receiver has. */
  secret: Secret;
  algorithm: Algorithm;
  /** The same seed and time make the same events. */
  seed: number;
  now: Date;
  /** Of the receiver's URL. */
  path: string;
  /** Milliseconds between the two parts of a slow body. */
  slowPause: number;
}

interface EventShape {
  status?: string;
  type?: CustomerType;
  /** Values by path, such as `data.email`. */
  set?: Readonly<Record<string, unknown>>;
}

/** What requests are made of. */
export interface Kit extends KitOptions {
  /** Nobody has it. */
  otherSecret: Secret;
  /** A new event of this run's customer, as compact JSON. */
  event: (shape?: EventShape) => Uint8Array;
  /** The right signature of a body, in hexadecimal. */
  signature: (body: Uint8Array, secret?: Secret) => string;
  /** A correct HMAC under any algorithm of OpenSSL's. */
  hmac: (body: Uint8Array, algorithm: string) => string;
}

/** Every event of a run has an id of its own, and its customer an address that tells where it came from. */
export async function createKit(options: KitOptions): Promise<Kit> {
  const { secret, algorithm, seed, now } = options;
  const bodyOf = async (type: CustomerType) =>
    (await generateEvents({ event: 'customer.status', statuses: ['APPROVED'], type, seed, now }))[0];
  const bodies = { INDIVIDUAL: await bodyOf('INDIVIDUAL'), BUSINESS: await bodyOf('BUSINESS') };
  let events = 0;
  return {
    ...options,
    otherSecret: createSecret(Buffer.from(`nobody's secret ${seed}`), 'a secret of nobody'),
    event({ status = 'APPROVED', type = 'INDIVIDUAL', set = {} } = {}) {
      events += 1;
      const time = timeOf(now, events - headStart);
      const times = { 'data.created_at': microseconds(time), 'data.updated_at': microseconds(time) };
      const values = { 'data.email': markOf(seed), 'data.customer_status': status, ...times, ...set };
      return reshape(bodies[type] ?? Buffer.from('{}'), {
        seed: `check ${seed} ${now.getTime()} ${events}`,
        now: time,
        set: Object.entries(values).map(([path, value]) => ({ path: path.split('.'), value })),
      });
    },
    signature: (body, by = secret) =>
      options.scheme.signature({ method: 'POST', headers: [], body }, { secret: by, algorithm, now }),
    hmac: (body, name) => createHmac(name, secret.key).update(body).digest('hex'),
  };
}

/** Seconds before now at which the first event is created; each later one comes a second after the one before. */
const headStart = 600;

/** The address of every customer that a run makes up. */
const markOf = (seed: number): string => `webhook-cli-check.${seed}@example.com`;
