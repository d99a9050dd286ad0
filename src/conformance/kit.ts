import type { CustomerType } from '../event/event.js';
import { generateEvents } from '../event/maker.js';
import { reshape } from '../event/reshape.js';
import { microseconds, timeOf } from '../event/timestamp.js';
import type { Header } from '../http/header.js';
import { createSecret, type Secret } from '../scheme/secret.js';
import type { Algorithm } from '../scheme/definition.js';
import type { Scheme } from '../scheme/scheme.js';

export interface KitOptions {
  scheme: Scheme;
  /** The secret that the receiver has. */
  secret: Secret;
  algorithm: Algorithm;
  /** The same seed and time make the same events. */
  seed: number;
  now: Date;
  /** The path of the receiver's URL. */
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

/** What cases make their requests of. */
export interface Kit extends KitOptions {
  /** A secret that no receiver has. */
  otherSecret: Secret;
  /** Returns a new event of this run's customer, as compact JSON. */
  event: (shape?: EventShape) => Uint8Array;
  /** Returns the headers that the scheme signs a body with. */
  sign: (body: Uint8Array) => Header[];
  /** Returns the right signature of a body, encoded as the scheme says. */
  signature: (body: Uint8Array, secret?: Secret) => string;
  /** Returns the same under any algorithm that OpenSSL knows. */
  hmac: (body: Uint8Array, algorithm: string) => string;
}

/** Gives every event of a run an id of its own, and its customer an email address that shows which run made it. */
export async function createKit(options: KitOptions): Promise<Kit> {
  const { scheme, secret, algorithm, seed, now } = options;
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
      const values = { 'data.email': emailFor(seed), 'data.customer_status': status, ...times, ...set };
      return reshape(bodies[type] ?? Buffer.from('{}'), {
        seed: `check ${seed} ${now.getTime()} ${events}`,
        now: time,
        set: Object.entries(values).map(([path, value]) => ({ path: path.split('.'), value })),
      });
    },
    sign: body => scheme.sign(messageOf(body), { secret, algorithm, now }),
    signature: (body, by = secret) => scheme.signature(messageOf(body), { secret: by, algorithm, now }),
    hmac: (body, name) => scheme.signature(messageOf(body), { secret, algorithm: name, now }),
  };
}

const messageOf = (body: Uint8Array) => ({ method: 'POST', headers: [], body });

/** Seconds before now at which the first event is created; each later one is created a second after the one before. */
const headStart = 600;

/** The email address of every customer that a run makes up. */
const emailFor = (seed: number): string => `webhook-cli-check.${seed}@example.com`;
