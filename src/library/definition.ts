import { hashNames, type SchemeDefinition } from '../scheme/definition.js';
import { anything, object, oneOf, orNull, text, texts, type Check, type Checks } from './shape.js';

type Part<Name extends keyof SchemeDefinition> = Checks<NonNullable<SchemeDefinition[Name]>>;

const place: Check = (value, where) => {
  (typeof value === 'object' ? object({ header: text }) : text)(value, where);
};

const signature: Part<'signature'> = {
  header: text,
  encoding: oneOf(['hex', 'base64', 'base64url']),
  prefix: text,
  list: text,
  pair: text,
  key: text,
  ed25519: text,
};

const timestamp = {
  header: text,
  key: text,
  unit: oneOf(['s', 'ms', 'rfc3339']),
  past: orNull(text),
  future: orNull(text),
};

const parts: Checks<SchemeDefinition> = {
  signature: object(signature, ['header']),
  algorithm: oneOf([...hashNames.map(name => `hmac-${name}`), 'ed25519']),
  algorithmHeader: object({ name: text, values: texts }),
  secret: oneOf(['text', 'base64', 'hex', 'whsec']),
  signed: text,
  timestamp: object(timestamp, ['past', 'future']),
  id: place,
  event: place,
  accepts: text,
  timeout: text,
  sample: object({ body: anything, headers: anything }),
  handshake: object({ body: anything, answer: texts }),
};

/**
 * Checks the shape of a definition of a scheme, as the schema of the configuration file does, but without the library for
 * schemas, which takes longer to load than all the rest of signing.
 */
export const definitionShape: Check = object(parts, ['signature']);
