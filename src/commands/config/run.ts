import { levelsOf, readConfiguration, type Configuration } from '../../config/configuration.js';
import { settingLinesIn } from '../../config/file/lines.js';
import { resolveScheme } from '../../config/scheme.js';
import { partsOf, resolveSettings } from '../../config/resolve.js';
import { namedSecrets, resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import {
  listenSettings,
  requestSettings,
  rowOf,
  settingNames,
  type SettingFlags,
  type SettingName,
} from '../../config/settings.js';
import type { Source } from '../../config/source.js';
import { CommandError } from '../../errors.js';
import type { Header } from '../../http/header.js';
import { shownPath } from '../../file/small-file.js';
import { isLoopback } from '../../http/target.js';
import type { Path } from '../../json/text.js';
import type { Verdict } from '../../ports.js';
import { writtenSecret, type Secret } from '../../scheme/secret.js';
import type { Ports } from '../../contract/command.js';
import { fileSpelling } from './file-spelling.js';
import type { SettingReport } from './view.js';

export { view } from './view.js';

export interface ConfigOptions extends SettingFlags, SecretFlags {}

type Row = Omit<SettingReport, 'type' | 'line'> & {
  /** Its path within a level of the configuration file. */
  path?: Path;
};

export async function run(options: ConfigOptions, ports: Ports<SettingReport>): Promise<Verdict> {
  const { environment, reporting } = ports;
  const found = await readConfiguration(environment);
  const { configuration, problem } = withScheme(options, found);
  const groups: (() => Row[] | Promise<Row[]>)[] = [
    () => placeRows(configuration, ports),
    ...settingNames.map(name => () => settingRows(name, flagsOf(name, options), configuration)),
    () => secretRows(options, configuration, ports),
  ];
  if (problem) reporting.fail(problem);
  const lineOf = settingLinesIn(configuration.text);
  for (const group of groups) {
    // A mistake in one setting doesn't hide the others.
    try {
      for (const { path, ...row } of await group()) {
        const { source } = row;
        const isFromFile = source.kind === 'file' || source.kind === 'profile';
        await reporting.report({ type: 'setting', ...row, ...(path && isFromFile && { line: lineOf(path, source) }) });
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      reporting.fail(error);
    }
  }
  return 'positive';
}

/** An unknown scheme doesn't hide the other settings. */
function withScheme(
  options: ConfigOptions,
  configuration: Configuration,
): { configuration: Configuration; problem?: CommandError } {
  try {
    return resolveScheme(options, configuration);
  } catch (problem) {
    if (!(problem instanceof CommandError)) throw problem;
    return { configuration, problem };
  }
}

/** Where to look for settings. */
function placeRows(
  configuration: Configuration,
  { environment: { configFlags: flags, cwd } }: Pick<Ports, 'environment'>,
): Row[] {
  const { file, dotenv } = configuration;
  const isFound = file !== undefined && flags.config === undefined;
  const fixtures = levelsOf(configuration).find(level => level.fixtures !== undefined);
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
    { key: 'fixtures', value: fixtures?.fixtures && shownPath(fixtures.fixtures, cwd), source: fixtures?.source },
  ].map(({ value = null, source = { kind: 'default' as const }, key }) => ({ key, value, source, path: [key] }));
}

const flagged = (value: string | undefined, name: string): { source?: Source } =>
  value === undefined ? {} : { source: { kind: 'flag', name } };

/** `config` has flags for these settings only: the flag of `check.timeout` would clash with another. */
const flagsOf = (name: SettingName, options: ConfigOptions): SettingFlags =>
  ['scheme', ...requestSettings, ...listenSettings].some(flagged => flagged === name) ? options : {};

function settingRows(name: SettingName, flags: SettingFlags, configuration: Configuration): Row[] {
  const parts = partsOf(name, flags, configuration);
  if (parts.length === 0) return [{ key: rowOf(name).key, value: null, source: { kind: 'default' } }];
  return parts.map(([key, { read, source }]) => {
    const value = read();
    return { key, value: fileSpelling(name, value), source, path: pathOf(name, value) };
  });
}

/** A header's key in the file is its name as written, in upper or lower case. */
function pathOf(name: SettingName, value: unknown): Path {
  const { key, holds } = rowOf(name);
  if (holds.kind !== 'headers') return key.split('.');
  const [[header] = ['']] = value as readonly Header[];
  return [key, header];
}

async function secretRows(
  flags: ConfigOptions,
  configuration: Configuration,
  ports: Ports<SettingReport>,
): Promise<Row[]> {
  const secretPorts = { ...ports, configuration };
  const named = await namedSecrets(flags, secretPorts);
  if (named) return named.map(({ secret, source, key }) => ({ ...secretRow(secret, source), path: [key] }));
  if (!isLocal(flags, configuration)) return [{ key: 'secret', value: null, source: { kind: 'default' } }];
  const secrets = await resolveSecrets(flags, secretPorts);
  return secrets.map(secret => secretRow(secret, { kind: 'development secret' }));
}

const secretRow = (secret: Secret, source: Row['source']): Row => ({
  key: 'secret',
  value: null,
  source,
  bytes: writtenSecret(secret).length,
  origin: secret.origin,
});

/** Whether the development secret would be used. An invalid target was already reported. */
function isLocal(flags: SettingFlags, configuration: Configuration): boolean {
  try {
    return isLoopback(resolveSettings(['url'], flags, configuration).url.hostname);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return false;
  }
}
