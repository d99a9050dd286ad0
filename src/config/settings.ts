import type { Header } from '../http/header.js';
import { parseTarget } from '../http/target.js';
import { InvalidValueError, namingSource } from '../errors.js';
import { sourceOfVariable, type Configuration, type Source } from './configuration.js';
import { duration, recording } from './values.js';
import type { Algorithm } from '../scheme/definition.js';
import { defaultPreset } from '../scheme/presets/index.js';
import { algorithmsOf } from '../scheme/definition.js';

/** What the user may set in more than one place. */
export interface Settings {
  /** Of the receiver. */
  url: URL;
  headers: readonly Header[];
  algorithm: Algorithm;
  /** Milliseconds, for each attempt as a whole. */
  timeout: number;
  /** Attempts after the first. */
  retries: number;
  /** Of the listener. */
  host: string;
  port: number;
  /** Where the listener records; none: nowhere. */
  save: string | undefined;
  /** Whom the listener hands requests on to. */
  forwardTo: URL | undefined;
  /** Cases of the conformance suite to leave out. */
  skip: readonly string[];
  /** Milliseconds, for each delivery of the conformance suite. */
  checkTimeout: number;
}

export type SettingName = keyof Settings;

export type SettingFlags = { [Name in SettingName]?: Settings[Name] | undefined };

/** A value that is read only if it counts, so that what is overruled can't be wrong. */
export interface Found {
  read: () => unknown;
  source: Source;
}

/** By key. */
type Layer = Readonly<Record<string, Found>>;

interface Setting<Value> {
  /** Its place in the configuration file. */
  key: string;
  flag: string;
  variable?: string;
  /** Reads a text, as it stands in the variable and in the file. */
  parse?: (text: string) => Value;
  default: Value;
}

/** HOOK on a phone's keys. */
const defaultPort = 4665;

export const settings = {
  url: {
    ...{ key: 'url', flag: '--url', variable: 'WEBHOOK_URL', parse: parseTarget },
    default: new URL(`http://127.0.0.1:${defaultPort}/`),
  },
  headers: { key: 'headers', flag: '--header', default: [] },
  algorithm: { key: 'algorithm', flag: '--algorithm', default: algorithmsOf(defaultPreset)[0] ?? 'sha256' },
  timeout: { key: 'timeout', flag: '--timeout', parse: duration, default: 10_000 },
  retries: { key: 'retries', flag: '--retries', default: 0 },
  host: { key: 'listen.host', flag: '--host', default: '127.0.0.1' },
  port: { key: 'listen.port', flag: '--port', default: defaultPort },
  save: { key: 'listen.save', flag: '--save', parse: recording, default: undefined },
  forwardTo: { key: 'listen.forwardTo', flag: '--forward-to', parse: parseTarget, default: undefined },
  skip: { key: 'check.skip', flag: '--skip', default: [] },
  checkTimeout: { key: 'check.timeout', flag: '--timeout', parse: duration, default: 10_000 },
} satisfies { [Name in SettingName]: Setting<Settings[Name]> };

const table: Readonly<Record<SettingName, Setting<unknown>>> = settings;

export const settingNames = Object.keys(settings) as readonly SettingName[];

/** All that it takes to make and deliver a request. */
export const requestSettings = ['url', 'headers', 'algorithm', 'timeout', 'retries'] as const;

export type RequestSettings = Pick<Settings, (typeof requestSettings)[number]>;

/**
 * The settings that a command asks for. What is overruled, or not asked for, isn't looked at, so it can't be wrong.
 * Throws UsageError.
 */
export function resolveSettings<Name extends SettingName>(
  names: readonly Name[],
  flags: SettingFlags,
  configuration: Configuration,
): Pick<Settings, Name> {
  const merged = merge(flags, configuration);
  return Object.fromEntries(names.map(name => [name, whole(name, merged)])) as Pick<Settings, Name>;
}

/** The parts of a setting, by key, each with where it came from: headers are set one by one, all else as a whole. */
export const partsOf = (name: SettingName, flags: SettingFlags, configuration: Configuration): [string, Found][] =>
  Object.entries(merge(flags, configuration)).filter(([key]) => isPart(key, name));

/** Flags over environment over profile over file over defaults: the one place where precedence is decided. */
const merge = (flags: SettingFlags, configuration: Configuration): Layer => ({
  ...defaults,
  ...levelLayer(configuration.base),
  ...levelLayer(configuration.profile),
  ...environmentOf(configuration),
  ...layerOf(flags, name => ({ kind: 'flag', name: table[name].flag })),
});

const levelLayer = (level: Configuration['base']): Layer => (level ? layerOf(level.settings, () => level.source) : {});

/** Values by key; those of headers have keys of their own, so that one header doesn't displace another. */
const layerOf = (values: SettingFlags, sourceOf: (name: SettingName) => Source): Layer =>
  Object.fromEntries(
    settingNames.flatMap(name =>
      partEntries(name, values[name]).map(([key, value]) => [key, { read: () => value, source: sourceOf(name) }]),
    ),
  );

function partEntries(name: SettingName, value: unknown): [key: string, value: unknown][] {
  const { key } = table[name];
  if (value === undefined) return [];
  if (name !== 'headers') return [[key, value]];
  const groups = new Map<string, Header[]>();
  for (const header of value as readonly Header[]) {
    const part = `${key}.${header[0].toLowerCase()}`;
    const group = groups.get(part);
    if (group) group.push(header);
    else groups.set(part, [header]);
  }
  return [...groups];
}

const isPart = (key: string, name: SettingName): boolean =>
  name === 'headers' ? key.startsWith(`${table[name].key}.`) : key === table[name].key;

function whole(name: SettingName, merged: Layer): unknown {
  const parts = Object.entries(merged).filter(([key]) => isPart(key, name));
  const values = parts.map(([, { read }]) => read());
  return name === 'headers' ? values.flat() : values[0];
}

const defaults: Layer = layerOf(Object.fromEntries(settingNames.map(name => [name, table[name].default])), () => ({
  kind: 'default',
}));

function environmentOf(configuration: Configuration): Layer {
  const found = settingNames.flatMap((name): [string, Found][] => {
    const { key, variable, parse } = table[name];
    const text = variable === undefined ? undefined : configuration.env[variable];
    if (variable === undefined || parse === undefined || text === undefined) return [];
    const read = () => namingSource(variable, () => parse(notEmpty(text)));
    return [[key, { read, source: sourceOfVariable(variable, configuration) }]];
  });
  return Object.fromEntries(found);
}

function notEmpty(text: string): string {
  // An empty variable is what a CI job sees whose own variable is missing.
  if (text.trim() === '') {
    throw new InvalidValueError('the variable is set, but empty', { hint: 'give it a value, or unset it' });
  }
  return text;
}
