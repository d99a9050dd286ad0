import { createHmac } from 'node:crypto';
import { schemes } from '../../../src/scheme/schemes.js';
import type { Scheme } from '../../../src/scheme/scheme.js';
import type { Answer } from '../receiver.js';
import type { Claim, Entry } from './receiver.js';

/** A vendor's documentation for receivers, implemented without our engine. */
export interface Profile {
  scheme: Scheme;
  /** As the vendor shows it. */
  secret: string;
  key: Buffer;
  encoding: 'hex' | 'base64' | 'base64url';
  version: string;
  claim: (header: (name: string) => string | undefined) => Claim;
  /** What is signed before the body; undefined if part of it is missing. */
  content: (claim: Claim) => string | undefined;
  /** Milliseconds. */
  time?: { unit: number; past: number; future: number };
  greet?: (json: object, key: Buffer) => Answer | undefined;
}

const minutes = 60_000;
const secretText = 'k7Tq2-9xWd4_Ru8mPz3Lv';
const text = { secret: secretText, key: Buffer.from(secretText) };

/** The entries of a list. */
const split = (value: string | undefined, list: string, pair: string): Entry[] =>
  (value ?? '').split(list).map(entry => {
    const [version = '', ...rest] = entry.split(pair);
    return { version, digest: rest.join(pair) };
  });

/** The value of a header with one signature. */
const sole = (value: string | undefined, prefix = ''): Entry[] =>
  value?.startsWith(prefix) ? [{ version: '', digest: value.slice(prefix.length) }] : [];

const inList =
  (name: string, list: string, timestampKey: string): Profile['claim'] =>
  header => {
    const entries = split(header(name), list, '=');
    return { entries, id: undefined, timestamp: entries.find(({ version }) => version === timestampKey)?.digest };
  };

const joined =
  (...parts: (string | ((claim: Claim) => string | undefined))[]): Profile['content'] =>
  claim => {
    const values = parts.map(part => (typeof part === 'string' ? part : part(claim)));
    return values.some(value => value === undefined || value === '') ? undefined : values.join('');
  };
const timestamp = (claim: Claim) => claim.timestamp;
const id = (claim: Claim) => claim.id;

const standard = (name: 'standard-webhooks' | 'svix', prefix: string): Profile => ({
  scheme: schemes[name],
  secret: `whsec_${Buffer.from('24 bytes of no meaning..').toString('base64')}`,
  key: Buffer.from('24 bytes of no meaning..'),
  encoding: 'base64',
  version: 'v1',
  claim: header => ({
    id: header(`${prefix}-id`),
    timestamp: header(`${prefix}-timestamp`),
    entries: split(header(`${prefix}-signature`), ' ', ','),
  }),
  content: joined(id, '.', timestamp, '.'),
  time: { unit: 1000, past: 5 * minutes, future: 5 * minutes },
});

const bodyAlone = (scheme: Scheme, name: string, more: Partial<Profile> & { prefix?: string } = {}): Profile => ({
  scheme,
  ...text,
  encoding: 'hex',
  version: '',
  claim: header => ({ id: undefined, timestamp: undefined, entries: sole(header(name), more.prefix) }),
  content: () => '',
  ...more,
});

const versionZero = (scheme: Scheme, name: string, more: Partial<Profile>): Profile => ({
  scheme,
  ...text,
  encoding: 'hex',
  version: '',
  claim: header => ({
    id: undefined,
    timestamp: header(`${name}-request-timestamp`),
    entries: sole(header(`${name}-signature`), 'v0='),
  }),
  content: joined('v0:', timestamp, ':'),
  ...more,
});

export const profiles = {
  'standard-webhooks': standard('standard-webhooks', 'webhook'),
  svix: standard('svix', 'svix'),
  stripe: {
    scheme: schemes.stripe,
    ...text,
    encoding: 'hex',
    version: 'v1',
    claim: inList('stripe-signature', ',', 't'),
    content: joined(timestamp, '.'),
    time: { unit: 1000, past: 5 * minutes, future: Infinity },
  },
  github: bodyAlone(schemes.github, 'x-hub-signature-256', { prefix: 'sha256=' }),
  slack: versionZero(schemes.slack, 'x-slack', {
    time: { unit: 1000, past: 5 * minutes, future: 5 * minutes },
    greet: json => ('challenge' in json ? { status: 200, body: String(json.challenge) } : undefined),
  }),
  shopify: bodyAlone(schemes.shopify, 'x-shopify-hmac-sha256', { encoding: 'base64' }),
  paddle: {
    scheme: schemes.paddle,
    ...text,
    encoding: 'hex',
    version: 'h1',
    claim: inList('paddle-signature', ';', 'ts'),
    content: joined(timestamp, ':'),
    time: { unit: 1000, past: 5000, future: Infinity },
  },
  zoom: versionZero(schemes.zoom, 'x-zm', {
    greet(json, key) {
      const { payload } = json as { payload?: { plainToken?: string } };
      if (payload?.plainToken === undefined) return undefined;
      const encryptedToken = createHmac('sha256', key).update(payload.plainToken).digest('hex');
      return { status: 200, body: JSON.stringify({ plainToken: payload.plainToken, encryptedToken }) };
    },
  }),
  razorpay: bodyAlone(schemes.razorpay, 'x-razorpay-signature'),
  sanity: {
    scheme: schemes.sanity,
    ...text,
    encoding: 'base64url',
    version: 'v1',
    claim: inList('sanity-webhook-signature', ',', 't'),
    content: joined(timestamp, '.'),
  },
  convoy: {
    scheme: schemes.convoy,
    ...text,
    encoding: 'hex',
    version: 'v1',
    claim: inList('x-convoy-signature', ',', 't'),
    content: joined(timestamp, ','),
    time: { unit: 1000, past: 5 * minutes, future: Infinity },
  },
} as const satisfies Partial<Record<keyof typeof schemes, Profile>>;
