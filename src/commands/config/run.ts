import { settingLinesIn } from '../../config/lines.js';
import { levelsOf, readConfiguration, type Configuration, type Source } from '../../config/configuration.js';
import { namedSecrets, resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import {
  partsOf,
  resolveSettings,
  settingNames,
  settings,
  type SettingFlags,
  type SettingName,
} from '../../config/settings.js';
import { isLoopback } from '../../http/target.js';
import { CommandError } from '../../errors.js';
import type { Header } from '../../http/header.js';
import type { Path } from '../../json/text.js';
import type { Secret } from '../../scheme/secret.js';
import type { Context, Verdict } from '../command.js';
import { fileSpelling, type Spelling } from './file-spelling.js';

export { view } from './view.js';

export interface ConfigOptions extends SettingFlags, SecretFlags {
  header?: readonly Header[];
}

/** One setting, and where it came from. */
export interface SettingReport {
  type: 'setting';
  /** Its place in the file. */
  key: string;
  /** As it could stand in the file; null: not set, or a secret. */
  value: Spelling;
  source: Source | { kind: 'found' | 'development secret' };
  /** Of the configuration file, where it came from there. */
  line?: number;
  /** Of a secret: how long it is. */
  bytes?: number;
  /** Of a secret: what it is called. */
  origin?: string;
}

type Row = Omit<SettingReport, 'type' | 'line'> & {
  /** Its place in a level of the configuration file. */
  path?: Path;
};

export async function run({ header, ...options }: ConfigOptions, context: Context<SettingReport>): Promise<Verdict> {
  const configuration = await readConfiguration(context);
  const flags = { ...options, headers: header };
  const rows: (() => Row[] | Promise<Row[]>)[] = [
    () => placeRows(configuration, context),
    ...settingNames.map(name => () => settingRows(name, flags, configuration)),
    () => secretRows(flags, configuration, context),
  ];
  const lineOf = settingLinesIn(configuration);
  for (const each of rows) {
    // What is wrong with one setting doesn't hide the others.
    try {
      for (const { path, ...row } of await each()) {
        const { source } = row;
        const isFromFile = source.kind === 'file' || source.kind === 'profile';
        await context.report({ type: 'setting', ...row, ...(path && isFromFile && { line: lineOf(path, source) }) });
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      context.fail(error);
    }
  }
  return 'positive';
}

/** Where settings are looked for. */
function placeRows(configuration: Configuration, { configFlags: flags }: Pick<Context, 'configFlags'>): Row[] {
  const { file, dotenv } = configuration;
  const isFound = file !== undefined && flags.config === undefined;
  const naming = levelsOf(configuration).find(level => level.dotenv !== undefined);
  return [
    {
      key: 'config',
      value: file,
      ...(isFound && { source: { kind: 'found' } as const }),
      ...flagged(flags.config, '--config'),
    },
    { key: 'profile', value: flags.profile, ...flagged(flags.profile, '--profile') },
    { key: 'dotenv', value: dotenv?.file, source: naming?.source, ...flagged(flags.dotenv, '--dotenv') },
  ].map(({ value = null, source = { kind: 'default' as const }, key }) => ({ key, value, source, path: [key] }));
}

const flagged = (value: string | undefined, name: string): { source?: Source } =>
  value === undefined ? {} : { source: { kind: 'flag', name } };

function settingRows(name: SettingName, flags: SettingFlags, configuration: Configuration): Row[] {
  const parts = partsOf(name, flags, configuration);
  if (parts.length === 0) return [{ key: settings[name].key, value: null, source: { kind: 'default' } }];
  return parts.map(([key, { read, source }]) => {
    const value = read();
    return { key, value: fileSpelling(name, value), source, path: pathOf(name, value) };
  });
}

/** A header's key in the file is its name as it was written, whose case doesn't count. */
function pathOf(name: SettingName, value: unknown): Path {
  const { key } = settings[name];
  if (name !== 'headers') return key.split('.');
  const [[header] = ['']] = value as readonly Header[];
  return [key, header];
}

async function secretRows(
  flags: SettingFlags & SecretFlags,
  configuration: Configuration,
  context: Context<SettingReport>,
): Promise<Row[]> {
  const surroundings = { ...context, configuration };
  const named = await namedSecrets(flags, surroundings);
  if (named) return named.map(({ secret, source, key }) => ({ ...rowOf(secret, source), path: [key] }));
  if (!isLocal(flags, configuration)) return [{ key: 'secret', value: null, source: { kind: 'default' } }];
  const secrets = await resolveSecrets(flags, surroundings);
  return secrets.map(secret => rowOf(secret, { kind: 'development secret' }));
}

const rowOf = ({ key: { symmetricKeySize: bytes = 0 }, origin }: Secret, source: Row['source']): Row => ({
  ...{ key: 'secret', value: null, source, bytes, origin },
});

/** Whether the development secret would do; a target that can't be read has been told of. */
function isLocal(flags: SettingFlags, configuration: Configuration): boolean {
  try {
    return isLoopback(resolveSettings(['url'], flags, configuration).url.hostname);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return false;
  }
}
