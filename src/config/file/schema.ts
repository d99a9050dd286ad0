import * as z from 'zod';
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

const optional = (schema: z.ZodType, description: string): z.ZodType => schema.optional().meta({ description });

/** Returns the schema of a text with its own parser, whose errors become issues. */
const parsed = (parse: (text: string) => unknown) =>
  string.transform((value, context) => parsedOr(() => parse(value), context, []));

function parsedOr<T>(parse: () => T, context: Pick<z.core.$RefinementCtx, 'addIssue'>, path: readonly string[]): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    context.addIssue({ code: 'custom', path: [...path], message: error.message, params: { hint: error.hint } });
    return z.NEVER;
  }
}

/** Returns the schema of an object with any names; zod would silently drop one of them. */
const named = <T extends z.ZodType>(value: T, error: string) =>
  z.preprocess(
    (values, context) => {
      if (typeof values === 'object' && values !== null && Object.hasOwn(values, '__proto__')) {
        // Unlike others, this kind of issue doesn't hide issues with the values.
        context.addIssue({ code: 'unrecognized_keys', keys: ['__proto__'], input: { ...values } });
      }
      return values;
    },
    z.record(z.string(), value, { error }),
  );

const headers = named(string, 'should be an object of names and values').transform((values, context) =>
  Object.entries(values).map(([name, value]) => parsedOr(() => configuredHeader(name, value), context, [name])),
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

function schemaOf(holds: Kind): z.ZodType {
  switch (holds.kind) {
    case 'text':
      return parsed(holds.parse);
    case 'number': {
      const { least, most } = holds;
      const error = `should be a whole number from ${least} to ${grouped(most)}`;
      return z.int({ error }).min(least, { error }).max(most, { error });
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
const settingsIn = (group?: string): Record<string, z.ZodType> =>
  Object.fromEntries(
    settingNames
      .map((name): [string[], Row] => [rowOf(name).key.split('.'), rowOf(name)])
      .filter(([key]) => (key.length > 1 ? key[0] : undefined) === group)
      .map(([key, { holds, description }]) => [key.at(-1) ?? '', optional(schemaOf(holds), description)]),
  );

const schemes = named(definitionSchema, 'should be an object of schemes')
  .superRefine((values, context) => {
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
  })
  .optional()
  .meta({ description: 'Your own signature schemes, by name' });

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
    $schema: string.optional().meta({ description: 'For editors' }),
    ...level,
    profiles: named(z.strictObject(level, object), 'should be an object of profiles')
      .optional()
      .meta({ description: 'Other settings, by name, for --profile' }),
  },
  object,
);
