import type { Header } from '../http/header.js';
import { parseTarget } from '../delivery/target.js';
import { InvalidValueError, namingSource } from '../errors.js';
import { defaultAlgorithm, type Algorithm } from '../signature/algorithms.js';

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
}

export type SettingFlags = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** HOOK on a phone's keys. */
const defaultPort = 4665;

const defaults: Settings = {
  url: new URL(`http://127.0.0.1:${defaultPort}/`),
  headers: [],
  algorithm: defaultAlgorithm,
  timeout: 10_000,
  retries: 0,
  host: '127.0.0.1',
  port: defaultPort,
};

/** All that it takes to make and deliver a request. */
export const requestSettings = ['url', 'headers', 'algorithm', 'timeout', 'retries'] as const;

export type RequestSettings = Pick<Settings, (typeof requestSettings)[number]>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that a variable may hold, and how to read them. */
const variables: { [Name in keyof Settings]?: readonly [variable: string, parse: (text: string) => Settings[Name]] } = {
  url: ['WEBHOOK_URL', parseTarget],
};

/**
 * The settings that a command asks for. Flags over environment over defaults: the one place where precedence is decided.
 * What is overruled, or not asked for, isn't looked at, so it can't be wrong. Throws UsageError.
 */
export function resolveSettings<Name extends keyof Settings>(
  names: readonly Name[],
  flags: SettingFlags,
  env: Environment,
): Pick<Settings, Name> {
  const entries = names.map(name => [name, flags[name] ?? fromEnvironment(name, env) ?? defaults[name]]);
  return Object.fromEntries(entries) as Pick<Settings, Name>;
}

function fromEnvironment<Name extends keyof Settings>(name: Name, env: Environment): Settings[Name] | undefined {
  const [variable, parse] = variables[name] ?? [];
  const text = variable === undefined ? undefined : env[variable];
  if (variable === undefined || parse === undefined || text === undefined) return undefined;
  return namingSource(variable, () => parse(notEmpty(text)));
}

function notEmpty(text: string): string {
  // An empty variable is what a CI job sees whose own variable is missing.
  if (text.trim() === '') {
    throw new InvalidValueError('the variable is set, but empty', { hint: 'give it a value, or unset it' });
  }
  return text;
}
