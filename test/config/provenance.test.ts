import type { ConfigFlags } from '../../src/ports.js';
import { expect, test } from 'vitest';
import type { Configuration } from '../../src/config/configuration.js';
import { partsOf, resolveSettings } from '../../src/config/resolve.js';
import { secretPlaces, type SecretFlags } from '../../src/config/secrets.js';
import {
  attributeOf,
  flagOf,
  rowOf,
  settingNames,
  type SettingFlags,
  type SettingName,
  type Settings,
} from '../../src/config/settings.js';
import type { Source } from '../../src/config/source.js';
import { configured, fileName } from './configured.js';

/** Two values for each setting as written in the file, and the meaning of these and of a flag's value. */
const samples: { [Name in SettingName]: { file: unknown; profile: unknown; flag: NonNullable<Settings[Name]>; read: (value: unknown) => unknown } } = {
  url: { file: 'http://file/', profile: 'http://profile/', flag: new URL('http://flag/'), read: value => new URL(String(value)) },
  headers: { file: { 'x-a': 'file' }, profile: { 'X-A': 'profile' }, flag: [['x-A', 'flag']], read: value => Object.entries(value as object) },
  scheme: { file: 'a', profile: 'b', flag: 'c', read: value => value },
  algorithm: { file: 'sha384', profile: 'sha512', flag: 'sha256', read: value => value },
  timeout: { file: '1s', profile: '2s', flag: 3000, read: value => Number.parseInt(String(value)) * 1000 },
  retries: { file: 1, profile: 2, flag: 3, read: value => value },
  host: { file: '127.0.0.2', profile: '127.0.0.3', flag: '127.0.0.4', read: value => value },
  port: { file: 1, profile: 2, flag: 0, read: value => value },
  save: { file: 'a', profile: 'b', flag: 'c', read: value => expect.stringMatching(`/${String(value)}$`) as unknown },
  forwardTo: { file: 'http://file/', profile: 'http://profile/', flag: new URL('http://flag/'), read: value => new URL(String(value)) },
  skip: { file: ['a'], profile: ['b'], flag: ['c'], read: value => value },
  checkTimeout: { file: '1s', profile: '2s', flag: 3000, read: value => Number.parseInt(String(value)) * 1000 },
}; // prettier-ignore

interface Given {
  file?: unknown;
  flags?: ConfigFlags;
  env?: Record<string, string>;
}

/** The input, and the resulting value and source. */
type Step = [SettingFlags, Given, unknown, Source];

/** For the one setting that has a variable. */
const sampleOfVariable = new URL('http://variable/');

/** `listen.port` and a value, as an object. */
const placed = (key: string, value: unknown): object =>
  key.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;

test.each(settingNames)('%s: flag before variable before profile before file before default', async name => {
  const { key, variable } = rowOf(name);
  const { file, profile, flag, read } = samples[name];
  const content = { ...placed(key, file), profiles: { p: placed(key, profile) } };
  const look = async (flags: SettingFlags, given: Given) => {
    const configuration = await configured(given);
    const [[, found] = []] = partsOf(name, flags, configuration);
    return { value: resolveSettings([name], flags, configuration)[name], source: found?.source };
  };
  const env = variable === undefined ? {} : { [variable]: String(sampleOfVariable) };
  const all = { file: content, flags: { profile: 'p' } };
  const ofVariable = (name: string): Step => [{}, { ...all, env }, sampleOfVariable, { kind: 'variable', name }];
  const steps: Step[] = [
    [{ [attributeOf(rowOf(name))]: flag }, { ...all, env }, flag, { kind: 'flag', name: flagOf(rowOf(name)) }],
    ...(variable === undefined ? [] : [ofVariable(variable)]),
    [{}, all, read(profile), { kind: 'profile', name: 'p', file: fileName }],
    [{}, { file: content }, read(file), { kind: 'file', file: fileName }],
  ];
  for (const [flags, given, value, source] of steps) expect(await look(flags, given)).toEqual({ value, source });
  const { value, source = { kind: 'default' } } = await look({}, {});
  expect({ value, source }).toEqual({ value: rowOf(name).default, source: { kind: 'default' } });
});

test('a variable overrides the profile but not a flag, and the process overrides its dotenv file', async () => {
  const given = {
    file: { url: 'http://file/', dotenv: 'own.env', profiles: { p: { url: 'http://profile/' } } },
    files: { 'own.env': 'WEBHOOK_URL=http://dotenv/\nOTHER=dotenv', 'flag.env': 'WEBHOOK_URL=http://flagged/' },
  };
  const urlOf = async (rest: object, flags: SettingFlags = {}) => {
    const configuration = await configured({ ...given, ...rest });
    const [[, found] = []] = partsOf('url', flags, configuration);
    return [resolveSettings(['url'], flags, configuration).url.hostname, found?.source.kind];
  };
  const env = { WEBHOOK_URL: 'http://env/' };
  const profile = 'p';
  expect(await urlOf({ env, flags: { profile } }, { url: new URL('http://flag/') })).toEqual(['flag', 'flag']);
  expect(await urlOf({ env, flags: { profile } })).toEqual(['env', 'variable']);
  expect(await urlOf({ flags: { profile } })).toEqual(['dotenv', 'dotenv']);
  expect(await urlOf({ flags: { profile, dotenv: 'flag.env' } })).toEqual(['flagged', 'dotenv']);
  expect(await urlOf({ flags: { profile }, files: {} })).toEqual(['profile', 'profile']);
});

test('headers are merged one by one: setting one leaves the others alone', async () => {
  const file = {
    headers: { 'X-A': 'file', 'x-b': 'file' },
    profiles: { p: { headers: { 'x-b': 'profile', 'x-c': 'profile' } } },
  };
  const configuration = await configured({ file, flags: { profile: 'p' } });
  const flags: SettingFlags = { header: [['X-C', 'flag'], ['x-c', 'again']] }; // prettier-ignore
  expect(resolveSettings(['headers'], flags, configuration).headers).toEqual([
    ['X-A', 'file'],
    ['x-b', 'profile'],
    ['X-C', 'flag'],
    ['x-c', 'again'],
  ]);
});

test('the dotenv file of a flag takes precedence over the profile’s, and the profile’s over the file’s', async () => {
  const files = Object.fromEntries(['flag', 'profile', 'file'].map(name => [name, `MINE=${name}`]));
  const file = { dotenv: 'file', profiles: { p: { dotenv: 'profile' } } };
  const mineOf = async (flags: ConfigFlags) => (await configured({ file, files, flags })).env['MINE'];
  expect(await mineOf({ profile: 'p', dotenv: 'flag' })).toBe('flag');
  expect(await mineOf({ profile: 'p' })).toBe('profile');
  expect(await mineOf({})).toBe('file');
});

test('secrets: flags before WEBHOOK_SECRET before the profile before the file before the development secret', () => {
  const level = (name: string, source: Source) => ({ settings: {}, secretEnv: name, source });
  const [base, profile] = [level('A', { kind: 'file', file: fileName }), level('B', { kind: 'profile', name: 'p', file: fileName })]; // prettier-ignore
  const env = { WEBHOOK_SECRET: 'x' };
  const kindOf = (configuration: Partial<Configuration>, flags: SecretFlags = {}) =>
    secretPlaces(flags, { env: {}, profiles: [], ...configuration })?.source.kind;
  expect(kindOf({ env, profile, base }, { secretEnv: ['C'] })).toBe('flag');
  expect(kindOf({ env, profile, base }, { secretFile: ['c'] })).toBe('flag');
  expect(kindOf({ env, profile, base })).toBe('variable');
  expect(kindOf({ profile, base })).toBe('profile');
  expect(kindOf({ base })).toBe('file');
  expect(kindOf({})).toBeUndefined();
});
