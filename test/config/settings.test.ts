import { describe, expect, test } from 'vitest';
import { configurationOf } from '../../src/config/configuration.js';
import { resolveSettings } from '../../src/config/resolve.js';
import { requestSettings, type SettingFlags, type Settings } from '../../src/config/settings.js';
import { UsageError } from '../../src/errors.js';

const all = [...requestSettings, 'host', 'port'] as const;

const settingsOf = (flags: SettingFlags, env: Record<string, string>): Pick<Settings, (typeof all)[number]> =>
  resolveSettings(all, flags, configurationOf(env));

const failureOf = (env: Record<string, string>): unknown => {
  try {
    settingsOf({}, env);
    return undefined;
  } catch (error) {
    return error;
  }
};

test('sender and listener find each other without flags or environment', () => {
  const settings = settingsOf({}, {});
  expect(settings).toEqual({
    url: new URL('http://127.0.0.1:4665/'),
    headers: [],
    algorithm: 'sha256',
    timeout: 10_000,
    retries: 0,
    host: '127.0.0.1',
    port: 4665,
  });
  expect([settings.url.hostname, settings.url.port]).toEqual([settings.host, String(settings.port)]);
});

test.each<[SettingFlags, Record<string, string>, url: string]>([
  [{}, { WEBHOOK_URL: 'http://env:1/' }, 'http://env:1/'],
  [{ url: new URL('http://flag:2/') }, { WEBHOOK_URL: 'http://env:1/' }, 'http://flag:2/'],
  [{ url: new URL('http://flag:2/') }, {}, 'http://flag:2/'],
  [{ url: undefined }, { WEBHOOK_URL: 'http://env:1/' }, 'http://env:1/'],
  [{ url: undefined }, {}, 'http://127.0.0.1:4665/'],
  [{ timeout: 1 }, { WEBHOOK_URL: 'http://env:1/' }, 'http://env:1/'],
])('flags before environment before defaults: %o and %o give %s', (flags, env, url) => {
  expect(settingsOf(flags, env).url.href).toBe(url);
});

test.each<[SettingFlags, Partial<Settings>]>([
  [{ header: [['x', '1']] }, { headers: [['x', '1']] }],
  [{ algorithm: 'sha512' }, { algorithm: 'sha512' }],
  [{ timeout: 1 }, { timeout: 1 }],
  [{ retries: 3 }, { retries: 3 }],
  [{ host: '0.0.0.0' }, { host: '0.0.0.0' }],
  [{ port: 0 }, { port: 0 }],
])('a flag changes only its own setting: %o', (flags, changed) => {
  expect(settingsOf(flags, {})).toEqual({ ...settingsOf({}, {}), ...changed });
});

test('stays fast with as many headers as fit in a file, and groups those of one name', () => {
  const names = Array.from({ length: 80_000 }, (_, index) => `x${index.toString(36)}`);
  const header = [...names, 'X0'].map(name => [name, ''] as const);
  const found = settingsOf({ header }, {}).headers;
  expect(found).toHaveLength(header.length);
  expect(found.slice(0, 3)).toEqual([
    ['x0', ''],
    ['X0', ''],
    ['x1', ''],
  ]);
});

test('leaves out anything that isn’t a setting', () => {
  const flags: SettingFlags & { unsigned: boolean } = { port: 1, unsigned: true };
  expect(settingsOf(flags, {})).not.toHaveProperty('unsigned');
});

describe('WEBHOOK_URL', () => {
  test.each([
    ['', 'WEBHOOK_URL: the variable is set but empty'],
    [' ', 'WEBHOOK_URL: the variable is set but empty'],
    ['localhost:3000', 'WEBHOOK_URL: "localhost:3000" is missing http:// or https://'],
    ['ftp://host/', 'WEBHOOK_URL: "ftp://host/" is neither http:// nor https://'],
    ['http://', 'WEBHOOK_URL: "http://" isn\'t a URL'],
  ])('that is "%s" is a usage error with a hint', (value, message) => {
    const error = failureOf({ WEBHOOK_URL: value });
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message, hint: expect.stringMatching(/./) as string });
  });

  test('with a password is refused without showing the password', () => {
    const error = failureOf({ WEBHOOK_URL: 'http://me:hunter2@host/' });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).not.toContain('hunter2');
  });
});

test('ignores a variable that a flag overrides', () => {
  const url = new URL('http://localhost:3000/');
  expect(settingsOf({ url }, { WEBHOOK_URL: 'nonsense' }).url).toBe(url);
});

test('ignores a setting that isn’t requested', () => {
  expect(resolveSettings(['host', 'port'], {}, configurationOf({ WEBHOOK_URL: 'nonsense' }))).toEqual({
    host: '127.0.0.1',
    port: 4665,
  });
});
