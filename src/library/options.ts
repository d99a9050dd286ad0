import { isUint8Array } from 'node:util/types';
import { UnknownNameError, UsageError } from '../errors.js';
import type { SchemeDefinition } from '../scheme/definition.js';
import { defaultPresetName, isPresetName, presetNames, type PresetName } from '../scheme/presets/index.js';
import { Scheme } from '../scheme/scheme.js';
import { schemes } from '../scheme/schemes.js';
import { contradictionsIn } from '../scheme/contradictions.js';
import { milliseconds } from '../text/duration.js';
import { definitionShape } from './definition.js';
import { anything, orNull, text, type Checks } from './shape.js';
import { createSecret, refuseReplacedBytes, type Secret } from '../scheme/secret.js';

/** The text of a secret, or its bytes in UTF-8. */
export type SecretText = string | Uint8Array;

/** Options of every function that signs or verifies. */
export interface SchemeOptions {
  /** The signing secret. Among several, the first signs and any verifies. It is never part of an error or a message. */
  secret: SecretText | readonly SecretText[];
  /** The name of a scheme that ships with the package, or your own definition. Default: `fin`. */
  scheme?: PresetName | SchemeDefinition | undefined;
}

/** How far a signed time may be from now. */
export interface ToleranceOptions {
  /**
   * Such as `5m`, in both directions; or null for any time. Default: the scheme's. Only for schemes that sign a time.
   */
  tolerance?: string | null | undefined;
}

/** Their own functions check them in detail. */
export const schemeChecks: Checks<SchemeOptions> = { secret: anything, scheme: anything };

export const toleranceChecks: Checks<ToleranceOptions> = { tolerance: orNull(text) };

/** Throws UnknownNameError, and UsageError for a definition that can't work. */
export function schemeOf({
  scheme: given = defaultPresetName,
  tolerance,
}: Omit<SchemeOptions, 'secret'> & ToleranceOptions): Scheme {
  const scheme = typeof given === 'string' ? schemeNamed(given) : ownScheme(given);
  if (tolerance === undefined) return scheme;
  if (!scheme.definition.timestamp)
    throw new UsageError(`options.tolerance has no effect: ${scheme.name} signs no time`, { hint: 'leave it out' });
  if (tolerance !== null && !(milliseconds(tolerance) >= 0))
    throw new UsageError("options.tolerance isn't a duration", {
      hint: 'write it like 30s, 5m or 1h, or null for any time',
    });
  return scheme.withTolerance({ past: tolerance, future: tolerance });
}

function schemeNamed(name: string): Scheme {
  if (isPresetName(name)) return schemes[name];
  throw new UnknownNameError('scheme', name, {
    known: presetNames,
    hint: `known schemes: ${presetNames.join(', ')}; to use your own definition, pass an object`,
  });
}

function ownScheme(definition: SchemeDefinition): Scheme {
  definitionShape(definition, 'options.scheme');
  const [flaw] = contradictionsIn(definition);
  if (flaw) {
    const hint = flaw.hint ?? 'docs/schemes.md shows how to write one';
    throw new UsageError(`${['options.scheme', ...flaw.path].join('.')} ${flaw.words}`, { hint });
  }
  return new Scheme('own', definition);
}

/** Throws UsageError, which never quotes the secret. */
export function secretsOf({ secret }: Pick<SchemeOptions, 'secret'>, { secrets: form }: Scheme): [Secret, ...Secret[]] {
  const given: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  const [first, ...others] = given.map((one, index) => {
    const origin = given.length === 1 ? 'options.secret' : `options.secret[${index}]`;
    return createSecret(secretBytes(one, origin), origin, form);
  });
  if (!first) throw new UsageError('options.secret is an empty list', { hint: secretHint });
  return [first, ...others];
}

function secretBytes(given: unknown, origin: string): Uint8Array {
  if (isUint8Array(given)) return given;
  if (typeof given !== 'string')
    throw new UsageError(given === undefined ? `${origin} is missing` : `${origin} isn't text`, { hint: secretHint });
  const bytes = Buffer.from(given);
  refuseReplacedBytes(bytes.toString(), origin);
  return bytes;
}

const secretHint = 'pass the secret itself, not the name of a variable or a file';

/** Checks a number of milliseconds, requests or bytes. Throws UsageError. */
export function numberIn(
  name: string,
  given: number | undefined,
  { usual, least = 0, most = Number.MAX_SAFE_INTEGER }: { usual: number; least?: number; most?: number },
): number {
  const number = given ?? usual;
  if (typeof number === 'number' && number >= least && number <= most) return number;
  throw new UsageError(`options.${name} is ${String(number)}`, { hint: `it is a number from ${least} to ${most}` });
}

/** In milliseconds, nearly 25 days. Node fires a longer timer at once. */
export const longestTimer = 2 ** 31 - 1;
