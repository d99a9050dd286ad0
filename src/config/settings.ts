import type { Header } from '../delivery/header.js';
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
  host: '127.0.0.1',
  port: defaultPort,
};

/** Flags over environment over defaults: the one place where precedence is decided. */
export const resolveSettings = (flags: SettingFlags, env: Readonly<Record<string, string | undefined>>): Settings => ({
  ...defaults,
  ...environment(env, flags),
  ...given(flags),
});

// A variable that a flag overrules isn't looked at, so it can't be wrong.
function environment(
  { WEBHOOK_URL: url }: Readonly<Record<string, string | undefined>>,
  flags: SettingFlags,
): Partial<Settings> {
  return url === undefined || flags.url ? {} : { url: namingSource('WEBHOOK_URL', () => parseTarget(notEmpty(url))) };
}

function notEmpty(text: string): string {
  // An empty variable is what a CI job sees whose own variable is missing.
  if (text.trim() === '')
    throw new InvalidValueError('the variable is set, but empty', { hint: 'give it a value, or unset it' });
  return text;
}

const given = (flags: SettingFlags): Partial<Settings> =>
  Object.fromEntries(
    Object.keys(defaults).flatMap(name => {
      const value = flags[name as keyof Settings];
      return value === undefined ? [] : [[name, value]];
    }),
  );
