import * as z from 'zod/mini';
import { InvalidValueError } from '../../errors.js';
import { parseRequestHeader, type Header } from '../../http/header.js';
import { headersOf } from '../../scheme/definition.js';
import { definitionSchema } from '../../scheme/definition-schema.js';
import { defaultPreset, isPresetName } from '../../scheme/presets/index.js';
import { grouped } from '../../text/words.js';
import { placeNames, places } from '../places.js';
import { groups, rowOf, settingNames, type Kind, type Row } from '../settings.js';

/** Loaded only if there is a file: zod takes as long to load as the rest of a start. */

const object = {
  error: (issue: z.core.$ZodRawIssue) => (issue.code === 'unrecognized_keys' ? undefined : 'should be an object'),
};

const string = z.string({ error: 'should be a string' });

const optional = (schema: z.ZodMiniType, description: string): z.ZodMiniType =>
  z.optional(schema).check(z.meta({ description }));

/** Returns the schema of a text with its own parser, whose errors become issues. */
const parsed = (parse: (text: string) => unknown) =>
  z.pipe(
    string,
    z.transform((value: string, payload) => parsedOr(() => parse(value), payload, [])),
  );

function parsedOr<T>(parse: () => T, { value, issues }: z.core.ParsePayload, path: readonly string[]): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    const { message, hint } = error;
    issues.push({ code: 'custom', input: value, path: [...path], message, params: { hint } });
    return z.NEVER;
  }
}

/** Returns the schema of an object with any names; zod would silently drop one of them. */
const named = <T extends z.ZodMiniType>(value: T, error: string) =>
  z.pipe(
    z.transform((values, { issues }) => {
      if (typeof values === 'object' && values !== null && Object.hasOwn(values, '__proto__')) {
        // Unlike others, this kind of issue doesn't hide issues with the values.
        issues.push({ code: 'unrecognized_keys', keys: ['__proto__'], input: { ...values } });
      }
      return values;
    }),
    z.record(z.string(), value, { error }),
  );

const headers = z.pipe(
  named(string, 'should be an object of names and values'),
  z.transform((values: Record<string, string>, payload) =>
    Object.entries(values).map(([name, value]) => parsedOr(() => configuredHeader(name, value), payload, [name])),
  ),
);

function configuredHeader(name: string, value: string): Header {
  if (name.includes(':')) throw new InvalidValueError("a header's name has no colon");
  if (headersOf(defaultPreset).includes(name.toLowerCase())) {
    throw new InvalidValueError(`${name} contradicts the new signature`, {
      hint: 'send --unsigned -H accepts your own signature',
    });
  }
  return parseRequestHeader(`${name}: ${value}`);
}

function schemaOf(holds: Kind): z.ZodMiniType {
  switch (holds.kind) {
    case 'text':
      return parsed(holds.parse);
    case 'number': {
      const { least, most } = holds;
      const error = `should be a whole number from ${least} to ${grouped(most)}`;
      return z.int({ error }).check(z.gte(least, { error }), z.lte(most, { error }));
    }
    case 'choice':
      return z.enum(holds.names, { error: `should be one of ${holds.names.join(', ')}` });
    case 'headers':
      return headers;
    case 'list':
      return z.array(string, { error: 'should be a list of strings' });
  }
}

/** Returns the schemas of settings by key: those at the top level, or those in the object `listen` or `check`. */
const settingsIn = (group?: string): Record<string, z.ZodMiniType> =>
  Object.fromEntries(
    settingNames
      .map((name): [string[], Row] => [rowOf(name).key.split('.'), rowOf(name)])
      .filter(([key]) => (key.length > 1 ? key[0] : undefined) === group)
      .map(([key, { holds, description }]) => [key.at(-1) ?? '', optional(schemaOf(holds), description)]),
  );

const schemes = z
  .optional(
    named(definitionSchema, 'should be an object of schemes').check(
      z.superRefine((values, context) => {
        for (const name of Object.keys(values).filter(name => !/^[a-z\d][\w.-]*$/i.test(name)))
          context.addIssue({
            code: 'custom',
            path: [name],
            message: "can't be the name of a scheme",
            params: {
              hint: 'a name begins with a letter or a digit, and may contain only those, dots, dashes and underscores',
            },
          });
        for (const name of Object.keys(values).filter(name => isPresetName(name.toLowerCase())))
          context.addIssue({
            code: 'custom',
            path: [name],
            message: 'is the name of a built-in scheme',
            params: { hint: 'use another name, and select it with --scheme or "scheme"' },
          });
      }),
    ),
  )
  .check(z.meta({ description: 'Your own signature schemes, by name' }));

const level = {
  ...settingsIn(),
  schemes,
  ...Object.fromEntries(placeNames.map(name => [name, optional(parsed(places[name].parse), places[name].description)])),
  ...Object.fromEntries(
    groups.map(group => [group, optional(z.strictObject(settingsIn(group), object), `For webhook-cli ${group}`)]),
  ),
};

export const configSchema = z.strictObject(
  {
    $schema: optional(string, 'For editors'),
    ...level,
    profiles: optional(
      named(z.strictObject(level, object), 'should be an object of profiles'),
      'Other settings, by name, for --profile',
    ),
  },
  object,
);
