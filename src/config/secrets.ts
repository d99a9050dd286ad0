import path from 'node:path';
import { localIfShort, systemCode, UsageError, systemWords } from '../errors.js';
import { readSmall, UnfitFileError } from '../file/small-file.js';
import type { Reporting } from '../ports.js';
import type { SecretForm } from '../scheme/definition.js';
import { createSecret, emptySecret, refuseReplacedBytes, secretText, type Secret } from '../scheme/secret.js';
import { levelsOf, sourceOfVariable, type Configuration } from './configuration.js';
import { readDevelopmentSecret, type HomePorts } from './development-secret.js';
import { places } from './places.js';
import { flagOf } from './settings.js';
import type { Source } from './source.js';

export interface SecretFlags {
  /** Paths, or `-` for standard input. */
  secretFile?: readonly string[] | undefined;
  /** Names of variables. */
  secretEnv?: readonly string[] | undefined;
}

/** The input for finding a secret. */
export interface SecretPorts extends HomePorts {
  reporting: Pick<Reporting, 'warn'>;
  configuration: Configuration;
}

const usualVariable = 'WEBHOOK_SECRET';

/** The place to look for the secret. */
interface SecretPlaces {
  files: readonly string[];
  variables: readonly string[];
  source: Source;
}

/** Returns the first place that names a secret: flags, WEBHOOK_SECRET, the profile, the file. */
export function secretPlaces(
  { secretFile = [], secretEnv = [] }: SecretFlags,
  configuration: Configuration,
): SecretPlaces | undefined {
  if (secretFile.length + secretEnv.length > 0) {
    const name = flagOf(secretFile.length > 0 ? places.secretFile : places.secretEnv);
    return { files: secretFile, variables: secretEnv, source: { kind: 'flag', name } };
  }
  if (configuration.env[usualVariable] !== undefined) {
    return { files: [], variables: [usualVariable], source: sourceOfVariable(usualVariable, configuration) };
  }
  const level = levelsOf(configuration).find(({ secretFile, secretEnv }) => secretFile ?? secretEnv);
  return level && { files: listOf(level.secretFile), variables: listOf(level.secretEnv), source: level.source };
}

/** The names of all variables that may hold a secret, even unset ones. */
export const secretVariables = (
  { secretEnv = [] }: Pick<SecretFlags, 'secretEnv'>,
  configuration: Configuration,
): readonly string[] => [usualVariable, ...secretEnv, ...(configuration.secretVariables ?? [])];

const listOf = (value: string | undefined): string[] => (value === undefined ? [] : [value]);

/**
 * The secrets to sign with (the first) or to accept (any), from the first place that names one, else the development
 * secret. `remote` is the remote address that signatures would go to, if any: then the development secret isn't used.
 * Throws UsageError when there is no secret or an empty one.
 */
export async function resolveSecrets(
  flags: SecretFlags,
  ports: SecretPorts,
  { remote }: { remote?: string | undefined } = {},
): Promise<[Secret, ...Secret[]]> {
  const named = await namedSecrets(flags, ports);
  if (named) return atLeastOne(named.map(({ secret }) => secret));
  if (remote !== undefined) {
    throw new UsageError(`no signing secret for ${remote}`, {
      hint: 'set WEBHOOK_SECRET, or pass --secret-file or --secret-env; the development secret is for this machine only',
    });
  }
  return [await readDevelopmentSecret(ports, ports.configuration.scheme?.secrets)];
}

/** A secret and the source that named its place. */
interface NamedSecret {
  secret: Secret;
  source: Source;
  /** The key of the configuration file for such a place. */
  key: 'secretFile' | 'secretEnv';
}

/** Returns the secrets of the first place that names one, if any. Throws UsageError if the place has no secret. */
export async function namedSecrets(flags: SecretFlags, ports: SecretPorts): Promise<NamedSecret[] | undefined> {
  if (flags.secretFile && flags.secretFile.filter(file => file === '-').length > 1) {
    throw new UsageError('standard input was given twice', { hint: 'it can be read only once' });
  }
  const places = secretPlaces(flags, ports.configuration);
  if (!places) return undefined;
  const { files, variables, source } = places;
  const fromFiles = await Promise.all(files.map(file => secretsFromFile(file, source, ports)));
  const fromVariables = variables.flatMap(name => secretsFromVariable(name, source, ports));
  return [
    ...fromFiles.flat().map(secret => ({ secret, source, key: 'secretFile' as const })),
    ...fromVariables.map(secret => ({ secret, source, key: 'secretEnv' as const })),
  ];
}

/** Names the source of a secret's place, not the place itself, which may be the secret, given by mistake. */
const naming = (source: Source, key: 'secretFile' | 'secretEnv'): string =>
  source.kind === 'file' || source.kind === 'profile' ? `${key} in ${source.file}` : flagOf(places[key]);

export function secretsFromVariable(
  name: string,
  source: Source,
  { configuration, reporting: { warn } }: SecretPorts,
): [Secret, ...Secret[]] {
  const { env } = configuration;
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) throw unsetVariable(name, source, configuration);
  const from = sourceOfVariable(name, configuration);
  const origin = from.kind === 'dotenv' ? `${name} in ${from.file}` : name;
  refuseReplacedBytes(value, origin);
  if (from.kind === 'dotenv' && configuration.dotenv?.cut.has(name))
    warn(`the secret from ${origin} ends before the # on its line; quote it if the # belongs to it`);
  return secretsIn(Buffer.from(value), origin, { warn, form: configuration.scheme?.secrets });
}

/** Words in capitals, with at most a short number: no secret looks like that. */
const variableName = /^[A-Z]+\d{0,2}(?:_(?:[A-Z]+\d{0,2}|\d{1,2}))+$/;

function unsetVariable(name: string, source: Source, { dotenv }: Configuration): UsageError {
  // The name in a flag may be the secret itself, given by mistake; words in capitals in a file are not.
  if (source.kind === 'flag' || !variableName.test(name)) {
    return new UsageError(`the variable named by ${naming(source, 'secretEnv')} is not set`, {
      hint: `${source.kind === 'flag' ? 'the flag' : 'secretEnv'} takes the name of a variable, never a secret`,
    });
  }
  return new UsageError(`${name} is not set`, {
    hint: dotenv ? `put it in ${dotenv.file}` : 'set it, or pass --secret-file <path>',
  });
}

export async function secretsFromFile(
  file: string,
  source: Source,
  { configuration, environment: { cwd, readStdin, signal }, reporting: { warn } }: SecretPorts,
): Promise<[Secret, ...Secret[]]> {
  const reading = { warn, form: configuration.scheme?.secrets };
  if (file === '-') return secretsIn(await readStdin(), 'standard input', reading);
  try {
    const isNamed = source.kind === 'flag';
    const { bytes, mode } = await readSmall(path.resolve(cwd, file), { holds: 'secret', isNamed, signal });
    if (mode & 0o077) warn(`${file} holds a secret that others can read; run chmod 600 on it`);
    return secretsIn(bytes, file, reading);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    if (cause instanceof UnfitFileError) throw new UsageError(`${file} ${cause.message}`, { hint: unfitHint });
    const code = systemCode(cause);
    if (code === '') throw cause;
    throw localIfShort(unreadable(file, source, cause), code);
  }
}

function unreadable(file: string, source: Source, cause: unknown): UsageError {
  const isPath = ['EACCES', 'EPERM', 'EISDIR'].includes(systemCode(cause));
  // Don't quote text that may not be a path.
  const shown = isPath ? file : `the file named by ${naming(source, 'secretFile')}`;
  const hint =
    source.kind === 'flag'
      ? 'the flag takes a path, or - for standard input; never a secret'
      : 'secretFile takes a path, relative to its configuration file; never a secret';
  return new UsageError(`can't read ${shown}: ${systemWords(cause)}`, { ...(isPath && { cause }), hint });
}

const unfitHint = 'a secret file must be a small regular file; --secret-file also takes a pipe';

interface Reading {
  warn: (message: string) => void;
  form: SecretForm | undefined;
}

/** Reads one secret per line, without the newline. */
function secretsIn(bytes: Buffer, origin: string, { warn, form }: Reading): [Secret, ...Secret[]] {
  const text = secretText(bytes, origin);
  const lines = text.split(/\r?\n/).filter(line => line !== '');
  if (text.includes('\r\n')) warn(`the secret from ${origin} ends with CR and LF, which are not part of it`);
  if (lines.length === 0) throw emptySecret(origin);
  const secrets = lines.map((line, index) => {
    const name = lines.length === 1 ? origin : `${origin} (line ${index + 1})`;
    for (const [pattern, words] of oddities) if (pattern.test(line)) warn(`the secret from ${name} ${words}`);
    return createSecret(Buffer.from(line), name, form);
  });
  return atLeastOne(secrets);
}

/** Signs of copying mistakes, which secrets rarely contain. Every byte is still part of the secret. */
const oddities: readonly (readonly [RegExp, string])[] = [
  [/^[\s\u200b-\u200d\u2060]|[\s\u200b-\u200d\u2060]$/, 'begins or ends with a blank, which counts as part of it'],
  [
    /^\s*(?:export\s+)?[A-Za-z_]\w*=[^=]/,
    'looks like NAME=value, and all of it is used; to read such a file, pass --dotenv',
  ],
  [/^\s*(?:#|\/\/)/, 'looks like a comment, but is used as a secret'],
  [/^\s*(["'`]).*\1\s*$/, 'is in quotes, which count as part of it'],
];

function atLeastOne(secrets: Secret[]): [Secret, ...Secret[]] {
  const [first, ...others] = secrets;
  if (!first) throw new Error('A required secret is missing.');
  return [first, ...others];
}
