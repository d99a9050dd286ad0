import { parseEnv } from 'node:util';
import { UnknownNameError, UsageError } from '../errors.js';
import { readText, resolvePath, shownPath } from '../file/small-file.js';
import type { Environment } from '../ports.js';
import type { SecretForm } from '../scheme/definition.js';
import { findConfigFile } from './file/find.js';
import { fileName } from './file/read.js';
import type { Level } from './file/parse.js';
import type { Source, Variables } from './source.js';

/** Everything set outside the command line. */
export interface Configuration {
  /** The process's variables, which take precedence over those of the dotenv file. */
  env: Variables;
  /** Variables set only in the dotenv file. */
  dotenv?: {
    file: string;
    names: ReadonlySet<string>;
    /** Those of them whose value ends before a # that may belong to it. */
    cut: ReadonlySet<string>;
    isNamedByFile: boolean;
  };
  /** Where the configuration file is. */
  file?: string;
  /** Its whole text. */
  text?: string;
  /** The names of its profiles. */
  profiles: readonly string[];
  /** The variables that it names for secrets, in any profile. */
  secretVariables?: readonly string[];
  /** The settings of the selected profile. */
  profile?: PlacedLevel;
  /** The settings outside its profiles. */
  base?: PlacedLevel;
  /** The defaults of the scheme in use. */
  scheme?: SchemeInUse;
  /** The settings of the other profiles. */
  others?: readonly PlacedLevel[];
}

interface SchemeInUse {
  name: string;
  settings: Level['settings'];
  /** How secrets are written. */
  secrets: SecretForm;
}

export type PlacedLevel = Level & { source: Source };

/** With only variables, as without a file. */
export const configurationOf = (env: Variables): Configuration => ({ env, profiles: [] });

/** Reads the configuration file and the dotenv file, if they exist. Throws UsageError. */
export async function readConfiguration(
  environment: Pick<Environment, 'env' | 'configFlags' | 'cwd' | 'userId'> & Partial<Pick<Environment, 'signal'>>,
): Promise<Configuration> {
  const { env, configFlags } = environment;
  const found = await findConfigFile(configFlags.config, environment);
  if (!found) {
    refuseProfile(configFlags.profile);
    return withDotenv(configurationOf(env), configFlags.dotenv, environment);
  }
  const { file, text, base, profiles } = found;
  const profile = profileIn(found, configFlags.profile);
  const configuration: Configuration = {
    env,
    file,
    text,
    profiles: [...profiles.keys()],
    secretVariables: [base, ...profiles.values()].flatMap(({ secretEnv = [] }) => secretEnv),
    base: { ...base, source: { kind: 'file', file } },
    ...(profile && { profile }),
    others: [...profiles]
      .filter(([name]) => name !== configFlags.profile)
      .map(([name, level]) => ({ ...level, source: { kind: 'profile', name, file } })),
  };
  return withDotenv(configuration, configFlags.dotenv, environment);
}

/** The file's levels, the strongest first. */
export const levelsOf = ({ profile, base }: Configuration): PlacedLevel[] =>
  [profile, base].filter(level => level !== undefined);

function refuseProfile(profile: string | undefined): void {
  if (profile === undefined) return;
  throw new UsageError(`there is no ${fileName} for --profile ${profile}`, {
    hint: `profiles need a ${fileName} in this folder or above it; webhook-cli init creates one`,
  });
}

function profileIn(
  { file, profiles }: { file: string; profiles: ReadonlyMap<string, Level> },
  name: string | undefined,
): PlacedLevel | undefined {
  if (name === undefined) return undefined;
  const level = profiles.get(name);
  if (level) return { ...level, source: { kind: 'profile', name, file } };
  const known = [...profiles.keys()];
  const hint = known.length === 0 ? `there are no profiles in ${file}` : `${file} has ${known.join(', ')}`;
  throw new UnknownNameError('profile', name, { known, hint });
}

/** A file named by a flag must exist; one named by the configuration may be missing, as on a CI machine. */
async function withDotenv(
  configuration: Configuration,
  flag: string | undefined,
  { cwd, signal }: Pick<Environment, 'cwd'> & Partial<Pick<Environment, 'signal'>>,
): Promise<Configuration> {
  const named = levelsOf(configuration).find(({ dotenv }) => dotenv !== undefined)?.dotenv;
  const given = flag === undefined ? named : resolvePath(flag, cwd);
  if (given === undefined) return configuration;
  const isNamedByFile = flag === undefined;
  const text = await readText(given, { cwd, isOptional: isNamedByFile, isNamed: !isNamedByFile, signal });
  const { env } = configuration;
  const variables = Object.entries(text === undefined ? {} : parseEnv(text)).filter(
    ([name]) => env[name] === undefined,
  );
  return {
    ...configuration,
    env: { ...Object.fromEntries(variables), ...env },
    dotenv: {
      file: shownPath(given, cwd),
      names: new Set(variables.map(([name]) => name)),
      cut: new Set(cutVariables(text ?? '')),
      isNamedByFile,
    },
  };
}

/** Outside quotes, Node treats # as the start of a comment, even in the middle of a word. */
const cutVariables = (text: string): string[] =>
  Array.from(
    text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*[^\s'"`#][^#\n]*(?<=\S)#/gm),
    ([, name = '']) => name,
  );

/** Where a variable's value came from. */
export const sourceOfVariable = (name: string, { dotenv }: Configuration): Source =>
  dotenv?.names.has(name) ? { kind: 'dotenv', name, file: dotenv.file } : { kind: 'variable', name };

/** The project file that set it, if one did: somebody else may have written it. */
export function projectFile(source: Source | undefined, { dotenv }: Configuration): string | undefined {
  if (source?.kind === 'dotenv') return dotenv?.isNamedByFile ? source.file : undefined;
  return source?.kind === 'file' || source?.kind === 'profile' ? source.file : undefined;
}
