import path from 'node:path';
import { UnknownNameError, UsageError } from '../errors.js';
import { hasHeader } from '../http/header.js';
import type { SchemeDefinition } from '../scheme/definition.js';
import { isPresetName, presetNames, presets } from '../scheme/presets/index.js';
import { Scheme } from '../scheme/scheme.js';
import { schemes } from '../scheme/schemes.js';
import type { Tolerance } from '../scheme/timestamp.js';
import { milliseconds } from '../text/duration.js';
import { levelsOf, readConfiguration, type Configuration } from './configuration.js';
import { resolveSettings } from './resolve.js';
import type { SettingFlags, Settings } from './settings.js';

export { signingWith } from '../scheme/signing.js';

export type SchemeFlags = Pick<SettingFlags, 'scheme'>;

/**
 * Finds the scheme named by a flag or the configuration. The returned configuration has the scheme's own defaults
 * for unset values. Throws UsageError for an unknown name.
 */
export function resolveScheme(
  flags: SchemeFlags,
  configuration: Configuration,
): { scheme: Scheme; configuration: Configuration } {
  const { scheme: name } = resolveSettings(['scheme'], flags, configuration);
  const scheme = schemeNamed(name, configuration);
  refuseSignatureHeaders(scheme, configuration);
  const settings = defaultsOf(scheme);
  return { scheme, configuration: { ...configuration, scheme: { name, settings, secrets: scheme.secrets } } };
}

/** Reads the configuration, and finds the scheme in it. Throws UsageError. */
export const readScheme = async (
  flags: SchemeFlags,
  environment: Parameters<typeof readConfiguration>[0],
): Promise<{ scheme: Scheme; configuration: Configuration }> =>
  resolveScheme(flags, await readConfiguration(environment));

/** The file's schema knows only the default scheme's headers. */
function refuseSignatureHeaders(scheme: Scheme, configuration: Configuration): void {
  const configured = levelsOf(configuration).flatMap(({ settings: { headers = [] } }) => headers);
  const own = scheme.headers.find(name => hasHeader(configured, name));
  if (own === undefined) return;
  throw new UsageError(`${path.basename(configuration.file ?? '')}: headers: ${own} contradicts the new signature`, {
    hint: 'send --unsigned -H accepts your own signature',
  });
}

function schemeNamed(name: string, configuration: Configuration): Scheme {
  const own = ownDefinitions(configuration).get(name);
  if (own) return new Scheme(name, own);
  if (isPresetName(name)) return schemes[name];
  const known = [...ownDefinitions(configuration).keys(), ...presetNames];
  const elsewhere = configuration.others?.find(({ schemes: own = {} }) => Object.hasOwn(own, name));
  if (elsewhere?.source.kind === 'profile')
    throw new UsageError(`the scheme ${name} is defined in another profile`, {
      hint: `--profile ${elsewhere.source.name} has it`,
    });
  throw new UnknownNameError('scheme', name, {
    known,
    hint: `known schemes: ${known.join(', ')}; docs/schemes.md shows how to add one`,
  });
}

/** Returns all definitions by name, the user's own first. */
export const knownDefinitions = (configuration: Configuration): Map<string, SchemeDefinition> =>
  new Map([...ownDefinitions(configuration), ...Object.entries(presets)]);

/** Returns all schemes, the user's own first. */
export const knownSchemes = (configuration: Configuration): Scheme[] => [
  ...ownSchemes(configuration),
  ...Object.values(schemes),
];

export const ownSchemes = (configuration: Configuration): Scheme[] =>
  [...ownDefinitions(configuration)].map(([name, definition]) => new Scheme(name, definition));

/** The profile's take precedence. */
const ownDefinitions = (configuration: Configuration): Map<string, SchemeDefinition> =>
  new Map(
    levelsOf(configuration)
      .toReversed()
      .flatMap(({ schemes: own = {} }) => Object.entries(own)),
  );

function defaultsOf({ algorithms, definition: { timeout } }: Scheme): Partial<Settings> {
  const [algorithm] = algorithms;
  const limit = timeout === undefined ? {} : { timeout: milliseconds(timeout), checkTimeout: milliseconds(timeout) };
  return { ...limit, ...(algorithm !== undefined && algorithm !== 'ed25519' && { algorithm }) };
}

/** Returns a scheme with another tolerance of time, if one is given. Throws UsageError for flags without effect. */
export function tolerating({ tolerance, now }: TimeFlags, scheme: Scheme): Scheme {
  const flag = tolerance ? '--tolerance' : now ? '--now' : undefined;
  if (flag !== undefined && !scheme.definition.timestamp)
    throw new UsageError(`${flag} has no effect: ${scheme.name} signs no time`, { hint: 'leave it out' });
  return tolerance ? scheme.withTolerance(tolerance) : scheme;
}

interface TimeFlags {
  tolerance?: Tolerance;
  now?: Date;
}
