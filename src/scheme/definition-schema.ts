import * as z from 'zod';
import { contradictionsIn } from './contradictions.js';
import { hashNames, type SchemeDefinition } from './definition.js';

/** Loaded only for definitions from outside, because zod is slow to load. */

const object = {
  error: (issue: z.core.$ZodRawIssue) => (issue.code === 'unrecognized_keys' ? undefined : 'should be an object'),
};

const text = (description: string) => z.string({ error: 'should be a string' }).meta({ description });

const oneOf = <const Names extends readonly string[]>(names: Names, description: string) =>
  z.enum(names, { error: `should be one of ${names.join(', ')}` }).meta({ description });

const signature = z
  .strictObject(
    {
      header: text('Header with the signature'),
      encoding: oneOf(['hex', 'base64', 'base64url'], 'How the digest is written; default: hex').optional(),
      prefix: text('Text before the digest, such as sha256=').optional(),
      list: text('Separator between the entries of a header that holds several; needs pair and key').optional(),
      pair: text('Separator between the key of an entry and its value').optional(),
      key: text('Key of the entries that hold a signature; the others are skipped').optional(),
      ed25519: text('Key of the entries that hold an ed25519 signature, for schemes with both').optional(),
    },
    object,
  )
  .meta({ description: 'Where the signature is, and how it is written' });

const tolerance = (description: string) =>
  z
    .union([z.string(), z.null()], { error: 'should be a duration such as 5m, or null for no limit' })
    .meta({ description });

const timestamp = z
  .strictObject(
    {
      header: text('Header with the timestamp').optional(),
      key: text("Key of the timestamp's entry in the signature header").optional(),
      unit: oneOf(['s', 'ms', 'rfc3339'], 'Default: s, seconds since 1970').optional(),
      past: tolerance('How old a request may be, such as 5m; null: any age'),
      future: tolerance('How far in the future its timestamp may be; null: any distance'),
    },
    object,
  )
  .superRefine(({ header, key }, context) => {
    if ((header === undefined) === (key === undefined))
      context.addIssue({
        code: 'custom',
        message: header === undefined ? 'needs header or key' : 'has both header and key',
        params: { hint: 'the timestamp is in a separate header, or in an entry of the signature' },
      });
  })
  .meta({ description: 'Where the time of signing is, and how far it may be from now' });

const place = (description: string) =>
  z
    .union([z.string(), z.strictObject({ header: z.string() })], {
      error: 'should be a path into the body such as data.id, or an object with header',
    })
    .meta({ description });

const anyJson = z.unknown().refine(value => value !== undefined, { error: 'should be any JSON' });

const sample = z
  .strictObject(
    {
      body: anyJson,
      headers: z
        .record(z.string(), z.string(), { error: 'should be an object of names and values' })
        .optional()
        .meta({ description: "Headers besides those of the signature, such as the one with the event's name" }),
    },
    object,
  )
  .meta({ description: 'A delivery to try a receiver with' });

const handshake = z
  .strictObject(
    {
      body: anyJson.meta({ description: 'Any JSON; {challenge} in its texts is replaced by a random text' }),
      answer: z
        .array(z.string(), { error: 'should be a list of strings' })
        .min(1, { error: 'should have at least one string' })
        .meta({ description: 'Texts that the response has to contain, with {challenge} and {hmac}' }),
    },
    object,
  )
  .meta({ description: 'How the vendor verifies who owns a receiver' });

const shape = {
  signature,
  algorithm: oneOf(
    [...hashNames.map(name => `hmac-${name}` as const), 'ed25519'],
    'Signature algorithm; default: hmac-sha256',
  ).optional(),
  algorithmHeader: z
    .strictObject(
      {
        name: text('The header'),
        values: z
          .array(oneOf(hashNames, 'A hash function'), { error: 'should be a list of hash functions' })
          .min(1, { error: 'should have at least one hash function' })
          .meta({ description: 'Its allowed values; the first is the default' }),
      },
      object,
    )
    .optional()
    .meta({ description: 'A header that names the hash function' }),
  secret: oneOf(['text', 'base64', 'hex', 'whsec'], 'How secrets are written; default: text').optional(),
  signed: text('What is signed, with {body}, {id}, {timestamp}, {method}, {url} and {header.NAME}').optional(),
  timestamp: timestamp.optional(),
  id: place('Where the id of the event is').optional(),
  event: place('Where the name of the event is').optional(),
  accepts: text('Statuses that the vendor counts as success, such as 2xx').optional(),
  timeout: text('How long the vendor waits for a response, such as 5s').optional(),
  sample: sample.optional(),
  handshake: handshake.optional(),
};

/** Finds all problems of a definition, each with its place. */
export const definitionSchema = z
  .strictObject(shape, object)
  .superRefine((definition, context) => {
    for (const { path, words, hint } of contradictionsIn(definition as SchemeDefinition))
      context.addIssue({ code: 'custom', path: [...path], message: words, params: { hint } });
  })
  .meta({ description: 'A signature scheme' });

/** Returns the keys allowed at a place in a definition; undefined if it isn't an object with fixed keys. */
export function definitionKeysAt(path: readonly PropertyKey[]): string[] | undefined {
  let current: z.ZodType = z.strictObject(shape);
  for (const key of path) {
    const inner: unknown = current instanceof z.ZodObject ? current.shape[String(key)] : undefined;
    if (!(inner instanceof z.ZodType)) return undefined;
    current = inner instanceof z.ZodOptional ? (inner.unwrap() as z.ZodType) : inner;
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : undefined;
}
