import type { Header } from '../http/header.js';
import { parseTarget } from '../http/target.js';
import { algorithmsOf, hashNames, type HashName } from '../scheme/definition.js';
import { defaultPreset, defaultPresetName } from '../scheme/presets/index.js';
import { placeNames } from './places.js';
import { duration, durationText, recording, text } from './values.js';

/** The type of a value: how text from the command line, a variable or the file becomes one. */
export type Kind =
  /** A string in the file, too. `write` is the inverse of `parse`. */
  | { kind: 'text'; parse: (text: string) => unknown; write: (value: never) => string; isPath?: true }
  /** A whole number up to `most`. */
  | { kind: 'number'; least: number; most: number }
  /** One of a few names, described by `noun`. */
  | { kind: 'choice'; noun: string; names: readonly string[] }
  /** `name: value`, repeatable; in the file, an object of names and values. Each header is its own setting. */
  | { kind: 'headers' }
  /** Names, separated by commas and repeatable; in the file, a list of strings. Described by `noun`. */
  | { kind: 'list'; noun: string };

/** Everything about a setting. */
export interface Row {
  /** In commander's syntax. The long name gives the attribute of the parsed options: `--forward-to` is `forwardTo`. */
  flags: `${string}--${string} <${string}>`;
  /** The text for `--help`, which adds the default. */
  help: string;
  /** Its path in the configuration file. */
  key: string;
  variable?: string;
  holds: Kind;
  /** The description of the key, for editors. */
  description: string;
  default: unknown;
}

const url = { kind: 'text', parse: parseTarget, write: ({ href }: URL) => href } as const;
const time = { kind: 'text', parse: duration, write: durationText } as const;
const plain = { kind: 'text', parse: text, write: String } as const;

/** Spells HOOK on a phone's keypad. */
const defaultPort = 4665;

const algorithms = algorithmsOf(defaultPreset);
/** The default scheme's first; the scheme in use decides which are allowed. */
const choices: readonly HashName[] = [...new Set([...algorithms, ...hashNames])].filter(name => name !== 'ed25519');
const algorithmNames = `${algorithms.slice(0, -1).join(', ')} or ${algorithms.at(-1) ?? ''}`;

export const settings = {
  url: {
    flags: '-u, --url <url>',
    help: 'Receiver URL',
    key: 'url',
    variable: 'WEBHOOK_URL',
    holds: url,
    description: 'URL of the receiver, such as http://localhost:3000/webhooks/fin',
    default: new URL(`http://127.0.0.1:${defaultPort}/`),
  },
  headers: {
    flags: '-H, --header <name: value>',
    help: 'Add a header to each request; repeatable',
    key: 'headers',
    holds: { kind: 'headers' },
    description: 'Headers to add to each request, by name',
    default: [],
  },
  scheme: {
    flags: '--scheme <name>',
    help: 'Use this signature scheme',
    key: 'scheme',
    holds: plain,
    description: 'Signature scheme, such as fin or standard-webhooks, or one of "schemes"',
    default: defaultPresetName,
  },
  algorithm: {
    flags: '--algorithm <name>',
    help: `Use ${algorithmNames}`,
    key: 'algorithm',
    holds: { kind: 'choice', noun: 'algorithm', names: choices },
    description: 'Hash algorithm of the signature',
    default: choices[0] ?? 'sha256',
  },
  timeout: {
    flags: '--timeout <duration>',
    help: 'Time limit for each attempt',
    key: 'timeout',
    holds: time,
    description: 'Time limit for each attempt, such as 10s',
    default: 10_000,
  },
  retries: {
    flags: '--retries <number>',
    help: 'Retry at most this many times',
    key: 'retries',
    holds: { kind: 'number', least: 0, most: 1000 },
    description: 'Maximum number of retries',
    default: 0,
  },
  host: {
    flags: '--host <address>',
    help: 'Listen on this address',
    key: 'listen.host',
    holds: plain,
    description: 'Address to listen on',
    default: '127.0.0.1',
  },
  port: {
    flags: '-p, --port <port>',
    help: 'Port to use; 0 picks a free one',
    key: 'listen.port',
    holds: { kind: 'number', least: 0, most: 65_535 },
    description: 'Port to listen on; 0 picks a free one',
    default: defaultPort,
  },
  save: {
    flags: '--save <file>',
    help: 'Record every request in this file',
    key: 'listen.save',
    holds: { kind: 'text', parse: recording, write: String, isPath: true },
    description: 'File to record every request in, relative to this file',
    default: undefined,
  },
  forwardTo: {
    flags: '--forward-to <url>',
    help: 'Forward verified requests to this URL',
    key: 'listen.forwardTo',
    holds: url,
    description: 'URL of the application that verified requests are forwarded to',
    default: undefined,
  },
  skip: {
    flags: '--skip <names>',
    help: 'Skip these cases or groups; repeatable',
    key: 'check.skip',
    holds: { kind: 'list', noun: 'case' },
    description: 'Cases or groups to skip',
    default: [],
  },
  checkTimeout: {
    flags: '--timeout <duration>',
    help: 'Time limit for each attempt',
    key: 'check.timeout',
    holds: time,
    description: 'Time limit for each delivery, such as 10s',
    default: 10_000,
  },
} as const satisfies Readonly<Record<string, Row>>;

type Table = typeof settings;

export type SettingName = keyof Table;

/** The settings that users can set in several places. Times are in milliseconds; undefined if not set. */
export type Settings = {
  [Name in SettingName]: Held<Table[Name]['holds']> | (Table[Name]['default'] extends undefined ? undefined : never);
};

type Held<Holds> = Holds extends { parse: (text: string) => infer Value }
  ? Value
  : Holds extends { kind: 'number' }
    ? number
    : Holds extends { names: readonly (infer Value)[] }
      ? Value
      : Holds extends { kind: 'headers' }
        ? readonly Header[]
        : readonly string[];

/** Values from flags, by attribute of the parsed options. */
export type SettingFlags = {
  [Name in SettingName as Attribute<Table[Name]['flags']>]?: Settings[Name] | undefined;
};

type Attribute<Flags> = Flags extends `${string}--${infer Long} <${string}` ? CamelCase<Long> : never;

type CamelCase<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text;

export const rowOf = (name: SettingName): Row => settings[name];

export const settingNames = Object.keys(settings) as readonly SettingName[];

/** The settings for making and delivering a request. */
export const requestSettings = ['url', 'headers', 'algorithm', 'timeout', 'retries'] as const;

/** The settings of the listener. */
export const listenSettings = ['port', 'host', 'save', 'forwardTo'] as const;

export type RequestSettings = Pick<Settings, (typeof requestSettings)[number]>;

/** `--forward-to`, of `--forward-to <url>`. */
export const flagOf = ({ flags }: Pick<Row, 'flags'>): string => /--[\w-]+/.exec(flags)?.[0] ?? flags;

/** Commander's name for a flag's value: `forwardTo`, of `--forward-to <url>`. */
export const attributeOf = (row: Pick<Row, 'flags'>): string =>
  flagOf(row)
    .slice(2)
    .replaceAll(/-[a-z]/g, letter => letter.slice(1).toUpperCase());

/** The keys of a level of the file, in the order of the table; or those in the object `listen` or `check`. */
export function keysOf(group?: string): string[] {
  const keys = settingNames.map(name => rowOf(name).key.split('.'));
  if (group !== undefined) return keys.filter(([first]) => first === group).map(([, second = '']) => second);
  const own = keys.filter(({ length }) => length === 1).map(([key = '']) => key);
  return [...own, ...placeNames, ...groups, 'schemes'];
}

/** The objects that hold the settings of one command. */
export const groups: readonly string[] = [
  ...new Set(
    settingNames.flatMap(name => (rowOf(name).key.includes('.') ? rowOf(name).key.split('.').slice(0, 1) : [])),
  ),
];
