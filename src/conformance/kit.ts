import { createHash } from 'node:crypto';
import type { CustomerType } from '../event/event.js';
import { generateEvents } from '../event/maker.js';
import { reshape, uuidOf } from '../event/reshape.js';
import { microseconds, timeOf } from '../event/timestamp.js';
import type { Header } from '../http/header.js';
import type { Clock } from '../ports.js';
import type { Algorithm } from '../scheme/definition.js';
import { publicKeyOnly, Scheme } from '../scheme/scheme.js';
import { fromSeed } from '../scheme/ed25519.js';
import { secretFromKey, type Secret } from '../scheme/secret.js';
import { withId } from '../sender/fresh-id.js';
import { sampleBody, withExtra, type Extra } from './bodies.js';
import type { Delivery } from './delivery.js';
import { traitsOf, type Traits } from './features.js';
import { requestFrom, type Target } from './request.js';

export interface KitOptions {
  scheme: Scheme;
  /** The receiver's secret. */
  secret: Secret;
  algorithm: Algorithm;
  /** The same seed and time make the same events. */
  seed: number;
  /** When the run began. */
  now: Date;
  /** The time of each signature, for schemes that sign it. */
  clock: Pick<Clock, 'now'>;
  target: Target;
  /** Milliseconds between the two parts of a slow body. */
  slowPause: number;
  /** Replaces events and samples. */
  ownBody?: Uint8Array | undefined;
}

interface EventShape {
  status?: string;
  type?: CustomerType;
  /** Values by path, such as `data.email`. */
  set?: Readonly<Record<string, unknown>>;
}

/** The parts a signature covers besides the message, as the scheme writes them. Empty if it has none. */
export interface Stamp {
  timestamp: string;
  id: string;
}

/** Signing options that differ from the receiver's own secret and algorithm. */
export interface By {
  secret?: Secret | undefined;
  /** Any algorithm OpenSSL knows. */
  algorithm?: string | undefined;
  /** The content to sign instead of the scheme's template. */
  signed?: string | undefined;
}

type Signable = Pick<Delivery, 'body'> & Partial<Pick<Delivery, 'method' | 'headers'>>;

/** The tools that cases make requests with. */
export interface Kit extends KitOptions {
  traits: Traits;
  /** A random secret that no receiver has. */
  otherSecret: Secret;
  /** Returns a new event of this run's customer, as compact JSON: only if bodies are events of the catalogue. */
  event: (shape?: EventShape) => Uint8Array;
  /** Returns an ordinary body with extra values: in the data of an event, or else at the top level. */
  body: (extra?: Extra, id?: string) => Uint8Array;
  /** Returns a new id and the time `seconds` from now. */
  stamp: (seconds?: number) => Stamp;
  /** Returns a new id: 32 hexadecimal digits, with dashes between them. */
  newId: () => string;
  /** Returns the signature headers of a delivery. */
  sign: (delivery: Signable, stamp: Stamp) => Header[];
  /** Returns the valid signature of a delivery, in the scheme's encoding. */
  signature: (delivery: Signable, stamp: Stamp, by?: By) => string;
}

/**
 * Gives every event of a run its own id, and its customer an email address that identifies the run. Throws
 * UsageError for a public key.
 */
export async function createKit(options: KitOptions): Promise<Kit> {
  const { scheme, secret, algorithm, seed, now, clock, target, ownBody } = options;
  if (secret.key.type === 'public') throw publicKeyOnly(secret.origin);
  const traits = traitsOf(scheme, ownBody);
  const event = traits.body === 'event' ? await eventMaker(options) : noEvents;
  const sample = ownBody ?? sampleBody(scheme);
  let ids = 0;
  const newId = () => {
    ids += 1;
    return uuidOf(`check ${seed} ${now.getTime()} id ${ids}`);
  };
  const messageOf = ({ method = 'POST', headers = [], body }: Signable) => ({
    ...requestFrom({ method, headers, body }, target),
    url: target.url,
  });
  return {
    ...options,
    traits,
    otherSecret: secretOfNobody(options),
    event,
    body(extra = {}, id = newId()) {
      if (traits.body === 'event') return event({ set: inData(extra) });
      return withExtra(ownBody ?? withId(sample, scheme, id) ?? sample, extra);
    },
    newId,
    stamp: (seconds = 0) => ({ timestamp: scheme.writeTime(timeOf(clock.now(), seconds)), id: newId() }),
    sign: (delivery, stamp) => scheme.sign(messageOf(delivery), { secret, algorithm, now, ...stamp }),
    signature: (delivery, stamp, by = {}) =>
      signedAs(scheme, by.signed).signature(messageOf(delivery), {
        secret: by.secret ?? secret,
        algorithm: by.algorithm ?? algorithm,
        now,
        ...stamp,
      }),
  };
}

/** Returns the same scheme with other signed content. */
const signedAs = (scheme: Scheme, signed: string | undefined): Scheme =>
  signed === undefined ? scheme : new Scheme(scheme.name, { ...scheme.definition, signed });

const inData = (extra: Extra): Extra =>
  Object.fromEntries(Object.entries(extra).map(([key, value]) => [`data.${key}`, value]));

async function eventMaker({ seed, now }: KitOptions): Promise<Kit['event']> {
  const bodyOf = async (type: CustomerType) =>
    (await generateEvents({ event: 'customer.status', statuses: ['APPROVED'], type, seed, now }))[0];
  const bodies = { INDIVIDUAL: await bodyOf('INDIVIDUAL'), BUSINESS: await bodyOf('BUSINESS') };
  let events = 0;
  return ({ status = 'APPROVED', type = 'INDIVIDUAL', set = {} } = {}) => {
    events += 1;
    const time = timeOf(now, events - headStart);
    const times = { 'data.created_at': microseconds(time), 'data.updated_at': microseconds(time) };
    const values = { 'data.email': emailFor(seed), 'data.customer_status': status, ...times, ...set };
    return reshape(bodies[type] ?? Buffer.from('{}'), {
      seed: `check ${seed} ${now.getTime()} ${events}`,
      now: time,
      set: Object.entries(values).map(([path, value]) => ({ path: path.split('.'), value })),
    });
  };
}

function noEvents(): never {
  throw new Error("the bodies of this run aren't events of the catalogue");
}

/** Makes a secret of the same kind. */
function secretOfNobody({ secret, seed }: KitOptions): Secret {
  const bytes = Buffer.from(`nobody's secret ${seed}`);
  const origin = 'a secret that nobody has';
  if (secret.key.type === 'secret') return secretFromKey(bytes, origin);
  return { ...fromSeed(createHash('sha256').update(bytes).digest()), origin };
}

/** Seconds before now at which the first event is created; each later one is one second newer. */
const headStart = 600;

/** The email address of every made-up customer of a run. */
const emailFor = (seed: number): string => `webhook-cli-check.${seed}@example.com`;
