import type { TimestampDefinition } from '../scheme/definition.js';
import type { Scheme } from '../scheme/scheme.js';
import { hasCatalogue } from '../scheme/schemes.js';
import { hasPart } from '../scheme/template.js';
import { isObject, sampleBody } from './bodies.js';

/** The traits that decide which cases apply. */
export interface Traits {
  scheme: Scheme;
  /** The kind of bodies: events of the catalogue, a JSON object, or anything else. */
  body: 'event' | 'object' | 'other';
  /** Whether each delivery has its own id, in the body or the headers. */
  hasId: boolean;
}

/** `body` replaces events and samples. */
export function traitsOf(scheme: Scheme, body?: Uint8Array): Traits {
  if (!body && hasCatalogue(scheme)) return { scheme, body: 'event', hasId: true };
  const { id } = scheme.definition;
  const hasId = typeof id === 'object' || (id !== undefined && !body);
  return { scheme, body: isObject(body ?? sampleBody(scheme)) ? 'object' : 'other', hasId };
}

/** Features that a case may need from the scheme or the bodies. */
export type Feature =
  | 'events'
  | 'object'
  | 'hex'
  | 'bare'
  | 'single'
  | 'list'
  | 'algorithm-header'
  | 'no-sha1'
  | 'timestamp'
  | 'past'
  | 'future'
  | 'tolerance'
  | 'unit'
  | 'signed-timestamp'
  | 'id'
  | 'signed-id'
  | 'signed-parts'
  | 'handshake';

const tests: Readonly<Record<Feature, (traits: Traits) => boolean>> = {
  events: ({ body }) => body === 'event',
  object: ({ body }) => body !== 'other',
  hex: ({ scheme }) => scheme.encoding === 'hex',
  bare: ({ scheme: { definition } }) => !definition.signature.prefix && definition.signature.list === undefined,
  single: ({ scheme: { definition } }) => definition.signature.list === undefined,
  list: ({ scheme: { definition } }) => definition.signature.list !== undefined,
  'algorithm-header': ({ scheme }) => scheme.algorithmHeader !== undefined,
  'no-sha1': ({ scheme }) => !scheme.algorithms.includes('sha1'),
  timestamp: ({ scheme: { definition } }) => definition.timestamp !== undefined,
  past: hasLimit(({ past }) => past !== null),
  future: hasLimit(({ future }) => future !== null),
  tolerance: hasLimit(({ past, future }) => past !== null || future !== null),
  unit: hasLimit(({ unit = 's', past, future }) => (unit === 's' ? future : unit === 'ms' ? past : null) !== null),
  'signed-timestamp': signs('timestamp'),
  id: ({ hasId }) => hasId,
  'signed-id': signs('id'),
  'signed-parts': traits => signs('timestamp')(traits) || signs('id')(traits),
  handshake: ({ scheme: { definition, secrets } }) =>
    definition.handshake !== undefined &&
    (secrets.ed25519 === 'never' || !definition.handshake.answer.some(text => text.includes('{hmac}'))),
};

/** Returns the first missing feature. */
export const missingIn = (features: readonly Feature[] | undefined, traits: Traits): Feature | undefined =>
  features?.find(feature => !tests[feature](traits));

function hasLimit(isLimited: (timestamp: TimestampDefinition) => boolean): (traits: Traits) => boolean {
  return ({ scheme: { definition } }) => definition.timestamp !== undefined && isLimited(definition.timestamp);
}

function signs(part: string): (traits: Traits) => boolean {
  return ({ scheme: { definition } }) => hasPart(definition.signed ?? '{body}', part);
}
