import * as z from 'zod';
import { parseRequestHeader, type Header } from '../http/header.js';
import { InvalidValueError } from '../errors.js';
import type { Level } from './configuration.js';
import { settings } from './settings.js';
import { storedPath, text, variableName } from './values.js';
import { defaultPreset } from '../scheme/presets/index.js';
import { algorithmsOf, headersOf } from '../scheme/definition.js';

/** A text with a parser of its own; what the parser refuses is refused here, in its words. */
const parsed = <T>(parse: (text: string) => T, description: string) =>
  z
    .string({ error: 'should be a text' })
    .transform((value, context) => parsedOr(() => parse(value), context, []))
    .optional()
    .meta({ description });

function parsedOr<T>(parse: () => T, context: Pick<z.core.$RefinementCtx, 'addIssue'>, path: readonly string[]): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    context.addIssue({
      ...{ code: 'custom', path: [...path], message: error.message, params: { hint: error.hint } },
    });
    return z.NEVER;
  }
}

const wholeNumber = (max: number, description: string) => {
  const error = `should be a whole number from 0 to ${max.toLocaleString('en')}`;
  return z.int({ error }).min(0, { error }).max(max, { error }).optional().meta({ description });
};

const object = {
  error: (issue: z.core.$ZodRawIssue) => (issue.code === 'unrecognized_keys' ? undefined : 'should be an object'),
};

/** An object of any names; zod would leave out one of them without a word. */
const named = <T extends z.ZodType>(value: T, error: string) =>
  z.preprocess(
    (values, context) => {
      if (typeof values === 'object' && values !== null && Object.hasOwn(values, '__proto__')) {
        // Of all kinds of issue, this one alone doesn't hide those of the values.
        context.addIssue({ code: 'unrecognized_keys', keys: ['__proto__'], input: { ...values } });
      }
      return values;
    },
    z.record(z.string(), value, { error }),
  );

const headers = named(z.string({ error: 'should be a text' }), 'should be an object of names and values')
  .transform((values, context) =>
    Object.entries(values).map(([name, value]) => parsedOr(() => configuredHeader(name, value), context, [name])),
  )
  .optional()
  .meta({ description: 'More headers for each request, by name' });

function configuredHeader(name: string, value: string): Header {
  if (name.includes(':')) throw new InvalidValueError("a header's name has no colon");
  if (headersOf(defaultPreset).includes(name.toLowerCase())) {
    throw new InvalidValueError(`${name} contradicts the signature that is made`, {
      hint: 'send --unsigned -H takes a signature of your own',
    });
  }
  return parseRequestHeader(`${name}: ${value}`);
}

const listen = z
  .strictObject(
    {
      host: parsed(text, 'Address to listen on'),
      port: wholeNumber(65_535, 'Port to listen on; 0 for any that is free'),
      save: parsed(settings.save.parse, 'File to record every request in, relative to this file'),
      forwardTo: parsed(settings.forwardTo.parse, 'Application that gets verified requests'),
    },
    object,
  )
  .optional()
  .meta({ description: 'For webhook-cli listen' });

const check = z
  .strictObject(
    {
      skip: z
        .array(z.string({ error: 'should be a text' }), { error: 'should be a list of texts' })
        .optional()
        .meta({ description: 'Cases to leave out' }),
      timeout: parsed(settings.checkTimeout.parse, 'For each delivery, such as 10s'),
    },
    object,
  )
  .optional()
  .meta({ description: 'For webhook-cli check' });

const level = {
  url: parsed(settings.url.parse, 'The receiver, such as http://localhost:3000/webhooks/fin'),
  secretFile: parsed(storedPath, 'File with one secret a line, relative to this file'),
  secretEnv: parsed(variableName, 'Name of the variable that holds the secret'),
  algorithm: z
    .enum(algorithmsOf(defaultPreset), { error: `should be one of ${algorithmsOf(defaultPreset).join(', ')}` })
    .optional()
    .meta({ description: 'Of the signature' }),
  headers,
  timeout: parsed(settings.timeout.parse, 'For each attempt as a whole, such as 10s'),
  retries: wholeNumber(1000, 'How often to send again when that may help'),
  dotenv: parsed(storedPath, 'File with variables, relative to this file; it may be missing'),
  listen,
  check,
};

export const configSchema = z.strictObject(
  {
    $schema: z.string({ error: 'should be a text' }).optional().meta({ description: 'For editors' }),
    ...level,
    profiles: named(z.strictObject(level, object), 'should be an object of profiles')
      .optional()
      .meta({ description: 'Other settings under names, for --profile' }),
  },
  object,
);

type RawLevel = Omit<z.output<typeof configSchema>, '$schema' | 'profiles'>;

/** What the rest of the program knows of it. */
export const levelOf = ({ secretFile, secretEnv, dotenv, listen, check, ...common }: RawLevel): Level => ({
  ...{ secretFile, secretEnv, dotenv },
  settings: { ...common, ...listen, skip: check?.skip, checkTimeout: check?.timeout },
});
