import { expect, test } from 'vitest';
import type { ConfigFlags, Source } from '../../src/config/configuration.js';
import {
  partsOf,
  resolveSettings,
  settingNames,
  settings,
  type SettingFlags,
  type SettingName,
} from '../../src/config/settings.js';
import { configured, fileName } from './configured.js';

/** Of each setting, two values as they stand in the file, and what they and a flag's value mean. */
const samples: { [Name in SettingName]: { file: unknown; profile: unknown; flag: NonNullable<SettingFlags[Name]>; read: (value: unknown) => unknown } } = {
  url: { file: 'http://file/', profile: 'http://profile/', flag: new URL('http://flag/'), read: value => new URL(String(value)) },
  headers: { file: { 'x-a': 'file' }, profile: { 'X-A': 'profile' }, flag: [['x-A', 'flag']], read: value => Object.entries(value as object) },
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

/** `listen.port` and a value, as an object. */
const placed = (key: string, value: unknown): object =>
  key.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;

test.each(settingNames)('%s: a flag over the profile over the file over the default', async name => {
  const { key, flag: flagName } = settings[name];
  const { file, profile, flag, read } = samples[name];
  const content = { ...placed(key, file), profiles: { p: placed(key, profile) } };
  const look = async (flags: SettingFlags, given: { file?: unknown; flags?: ConfigFlags }) => {
    const configuration = await configured(given);
    const [[, found] = []] = partsOf(name, flags, configuration);
    return { value: resolveSettings([name], flags, configuration)[name], source: found?.source };
  };
  const steps: [SettingFlags, { file?: unknown; flags?: ConfigFlags }, unknown, Source][] = [
    [{ [name]: flag }, { file: content, flags: { profile: 'p' } }, flag, { kind: 'flag', name: flagName }],
    [{}, { file: content, flags: { profile: 'p' } }, read(profile), { kind: 'profile', name: 'p', file: fileName }],
    [{}, { file: content }, read(file), { kind: 'file', file: fileName }],
  ];
  for (const [flags, given, value, source] of steps) expect(await look(flags, given)).toEqual({ value, source });
  const { value } = await look({}, {});
  expect(value).toEqual(settings[name].default);
});

test('a variable goes over the profile and under a flag, and the process over its dotenv file', async () => {
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

test('headers are set one by one: one of them leaves the others alone', async () => {
  const file = {
    headers: { 'X-A': 'file', 'x-b': 'file' },
    profiles: { p: { headers: { 'x-b': 'profile', 'x-c': 'profile' } } },
  };
  const configuration = await configured({ file, flags: { profile: 'p' } });
  const flags: SettingFlags = { headers: [['X-C', 'flag'], ['x-c', 'again']] }; // prettier-ignore
  expect(resolveSettings(['headers'], flags, configuration).headers).toEqual([
    ['X-A', 'file'],
    ['x-b', 'profile'],
    ['X-C', 'flag'],
    ['x-c', 'again'],
  ]);
});
