import * as z from 'zod/mini';
import { contradictionsIn } from './contradictions.js';
import { hashNames, type SchemeDefinition } from './definition.js';

/** Loaded only for definitions from outside, because zod is slow to load. */

const object = {
  error: (issue: z.core.$ZodRawIssue) => (issue.code === 'unrecognized_keys' ? undefined : 'should be an object'),
};

const text = (description: string) => z.string({ error: 'should be a string' }).check(z.meta({ description }));

const oneOf = <const Names extends readonly string[]>(names: Names, description: string) =>
  z.enum(names, { error: `should be one of ${names.join(', ')}` }).check(z.meta({ description }));

const signature = z
  .strictObject(
    {
      header: text('Header with the signature'),
      encoding: z.optional(oneOf(['hex', 'base64', 'base64url'], 'How the digest is written; default: hex')),
      prefix: z.optional(text('Text before the digest, such as sha256=')),
      list: z.optional(text('Separator between the entries of a header that holds several; needs pair and key')),
      pair: z.optional(text('Separator between the key of an entry and its value')),
      key: z.optional(text('Key of the entries that hold a signature; the others are skipped')),
      ed25519: z.optional(text('Key of the entries that hold an ed25519 signature, for schemes with both')),
    },
    object,
  )
  .check(z.meta({ description: 'Where the signature is, and how it is written' }));

const tolerance = (description: string) =>
  z
    .union([z.string(), z.null()], { error: 'should be a duration such as 5m, or null for no limit' })
    .check(z.meta({ description }));

const timestamp = z
  .strictObject(
    {
      header: z.optional(text('Header with the timestamp')),
      key: z.optional(text("Key of the timestamp's entry in the signature header")),
      unit: z.optional(oneOf(['s', 'ms', 'rfc3339'], 'Default: s, seconds since 1970')),
      past: tolerance('How old a request may be, such as 5m; null: any age'),
      future: tolerance('How far in the future its timestamp may be; null: any distance'),
    },
    object,
  )
  .check(
    z.superRefine(({ header, key }, context) => {
      if ((header === undefined) === (key === undefined))
        context.addIssue({
          code: 'custom',
          message: header === undefined ? 'needs header or key' : 'has both header and key',
          params: { hint: 'the timestamp is in a separate header, or in an entry of the signature' },
        });
    }),
    z.meta({ description: 'Where the time of signing is, and how far it may be from now' }),
  );

const place = (description: string) =>
  z
    .union([z.string(), z.strictObject({ header: z.string() })], {
      error: 'should be a path into the body such as data.id, or an object with header',
    })
    .check(z.meta({ description }));

const anyJson = z.unknown().check(z.refine(value => value !== undefined, { error: 'should be any JSON' }));

const sample = z
  .strictObject(
    {
      body: anyJson,
      headers: z
        .optional(z.record(z.string(), z.string(), { error: 'should be an object of names and values' }))
        .check(
          z.meta({ description: "Headers besides those of the signature, such as the one with the event's name" }),
        ),
    },
    object,
  )
  .check(z.meta({ description: 'A delivery to try a receiver with' }));

const handshake = z
  .strictObject(
    {
      body: anyJson.check(z.meta({ description: 'Any JSON; {challenge} in its texts is replaced by a random text' })),
      answer: z
        .array(z.string(), { error: 'should be a list of strings' })
        .check(
          z.minLength(1, { error: 'should have at least one string' }),
          z.meta({ description: 'Texts that the response has to contain, with {challenge} and {hmac}' }),
        ),
    },
    object,
  )
  .check(z.meta({ description: 'How the vendor verifies who owns a receiver' }));

const shape = {
  signature,
  algorithm: z.optional(
    oneOf([...hashNames.map(name => `hmac-${name}` as const), 'ed25519'], 'Signature algorithm; default: hmac-sha256'),
  ),
  algorithmHeader: z
    .optional(
      z.strictObject(
        {
          name: text('The header'),
          values: z
            .array(oneOf(hashNames, 'A hash function'), { error: 'should be a list of hash functions' })
            .check(
              z.minLength(1, { error: 'should have at least one hash function' }),
              z.meta({ description: 'Its allowed values; the first is the default' }),
            ),
        },
        object,
      ),
    )
    .check(z.meta({ description: 'A header that names the hash function' })),
  secret: z.optional(oneOf(['text', 'base64', 'hex', 'whsec'], 'How secrets are written; default: text')),
  signed: z.optional(text('What is signed, with {body}, {id}, {timestamp}, {method}, {url} and {header.NAME}')),
  timestamp: z.optional(timestamp),
  id: z.optional(place('Where the id of the event is')),
  event: z.optional(place('Where the name of the event is')),
  accepts: z.optional(text('Statuses that the vendor counts as success, such as 2xx')),
  timeout: z.optional(text('How long the vendor waits for a response, such as 5s')),
  sample: z.optional(sample),
  handshake: z.optional(handshake),
};

/** Finds all problems of a definition, each with its place. */
export const definitionSchema = z.strictObject(shape, object).check(
  z.superRefine((definition, context) => {
    for (const { path, words, hint } of contradictionsIn(definition as SchemeDefinition))
      context.addIssue({ code: 'custom', path: [...path], message: words, params: { hint } });
  }),
  z.meta({ description: 'A signature scheme' }),
);

/** Returns the keys allowed at a place in a definition; undefined if it isn't an object with fixed keys. */
export function definitionKeysAt(path: readonly PropertyKey[]): string[] | undefined {
  let current: z.ZodMiniType = z.strictObject(shape);
  for (const key of path) {
    const inner: unknown = current instanceof z.ZodMiniObject ? current.shape[String(key)] : undefined;
    if (!(inner instanceof z.ZodMiniType)) return undefined;
    current = inner instanceof z.ZodMiniOptional ? (inner.def.innerType as z.ZodMiniType) : inner;
  }
  return current instanceof z.ZodMiniObject ? Object.keys(current.shape) : undefined;
}
