import { InvalidValueError, namingSource } from '../errors.js';
import type { Header } from '../http/header.js';
import { levelsOf, sourceOfVariable, type Configuration } from './configuration.js';
import { attributeOf, flagOf, rowOf, type SettingFlags, type SettingName, type Settings } from './settings.js';
import type { Source } from './source.js';

/** A value that is parsed only if it applies, so that an overridden one is never an error. */
export interface Found {
  read: () => unknown;
  source: Source;
}

/**
 * The settings a command asks for. `flags` are its parsed options, of which only the attributes of these settings are used:
 * pass `{}` to read settings without flags. Overridden and unrequested values
 * aren't parsed, so they are never errors. Throws UsageError.
 */
export function resolveSettings<Name extends SettingName>(
  names: readonly Name[],
  flags: SettingFlags,
  configuration: Configuration,
): Pick<Settings, Name> {
  const entries = names.map(name => [name, valueOf(name, partsOf(name, flags, configuration))]);
  return Object.fromEntries(entries) as Pick<Settings, Name>;
}

function valueOf(name: SettingName, parts: readonly [string, Found][]): unknown {
  const values = parts.map(([, { read }]) => read());
  return rowOf(name).holds.kind === 'headers' ? values.flat() : values[0];
}

/** The parts of a setting, by key, each with its source: headers are set one by one, all else as a whole. */
export function partsOf(name: SettingName, flags: SettingFlags, configuration: Configuration): [string, Found][] {
  const parts = new Map<string, Found>();
  for (const { value, source, parse } of valuesOf(name, flags, configuration))
    for (const [key, part] of partEntries(name, value))
      parts.set(key, { read: () => (parse ? parse(part) : part), source });
  return [...parts];
}

interface Given {
  value: unknown;
  source: Source;
  /** Undefined if the value is already parsed. */
  parse?: (value: unknown) => unknown;
}

/** Default, scheme, file, profile, environment, flag, the strongest last: the one place where precedence is decided. */
const valuesOf = (name: SettingName, flags: SettingFlags, configuration: Configuration): Given[] =>
  [
    { value: rowOf(name).default, source: { kind: 'default' } as const },
    ...byScheme(name, configuration),
    ...levelsOf(configuration)
      .map(({ settings, source }) => ({ value: settings[name], source }))
      .reverse(),
    ...inVariable(name, configuration),
    {
      value: (flags as Readonly<Record<string, unknown>>)[attributeOf(rowOf(name))],
      source: { kind: 'flag', name: flagOf(rowOf(name)) } as const,
    },
  ].filter(({ value }) => value !== undefined);

/** A default that the scheme shares with the table counts as the table's. */
function byScheme(name: SettingName, { scheme }: Configuration): Given[] {
  const value = scheme?.settings[name];
  if (!scheme || value === rowOf(name).default) return [];
  return [{ value, source: { kind: 'scheme', name: scheme.name } }];
}

function inVariable(name: SettingName, configuration: Configuration): Given[] {
  const { variable, holds } = rowOf(name);
  if (variable === undefined || holds.kind !== 'text') return [];
  const parse = (value: unknown) => namingSource(variable, () => holds.parse(notEmpty(String(value))));
  return [{ value: configuration.env[variable], source: sourceOfVariable(variable, configuration), parse }];
}

function notEmpty(text: string): string {
  // In a CI job, a missing variable often appears as an empty one.
  if (text.trim() === '') {
    throw new InvalidValueError('the variable is set but empty', { hint: 'give it a value, or unset it' });
  }
  return text;
}

/** Each header has its own key, so that one doesn't replace another. */
function partEntries(name: SettingName, value: unknown): [key: string, value: unknown][] {
  const { key, holds } = rowOf(name);
  if (holds.kind !== 'headers') return [[key, value]];
  const groups = new Map<string, Header[]>();
  for (const header of value as readonly Header[]) {
    const part = `${key}.${header[0].toLowerCase()}`;
    const group = groups.get(part);
    if (group) group.push(header);
    else groups.set(part, [header]);
  }
  return [...groups];
}
