import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import {
  developmentSecretFile,
  isDevelopmentSecret,
  readDevelopmentSecret,
  rotateDevelopmentSecret,
} from '../../src/config/development-secret.js';
import { LocalError } from '../../src/errors.js';
import { createSecret } from '../../src/scheme/secret.js';
import { compiledCode } from '../support/compiled-code.js';
import { bytesOf, environmentOf, failureOf, place } from './surroundings.js';

const modeOf = (file: string): number => statSync(file).mode & 0o777;

test.each([
  ['in the folder that XDG names', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/webhook-cli/development-secret'],
  ['below the home directory', {}, '/home/me/.config/webhook-cli/development-secret'],
  [
    'there too when XDG names a relative folder',
    { XDG_CONFIG_HOME: 'xdg' },
    '/home/me/.config/webhook-cli/development-secret',
  ],
  ['there too when XDG names none', { XDG_CONFIG_HOME: '' }, '/home/me/.config/webhook-cli/development-secret'],
])('is kept %s', (_, env, file) => {
  expect(developmentSecretFile({ env, homeDirectory: '/home/me' })).toBe(file);
});

describe('on first use', () => {
  test('is created: 32 bytes in hexadecimal, readable by its owner only', async () => {
    const here = place();
    const secret = await readDevelopmentSecret(here);
    const file = developmentSecretFile(here.environment);
    expect(bytesOf(secret)).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(file, 'utf8')).toBe(`${bytesOf(secret)}\n`);
    expect([modeOf(file), modeOf(path.dirname(file))]).toEqual([0o600, 0o700]);
    expect(readdirSync(path.dirname(file))).toEqual(['development-secret']);
    expect(isDevelopmentSecret(secret)).toBe(true);
  });

  test('makes an existing folder private', async () => {
    const here = place();
    const folder = path.dirname(developmentSecretFile(here.environment));
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    await readDevelopmentSecret(here);
    expect(modeOf(folder)).toBe(0o700);
  });

  test('two users have different secrets', async () => {
    const [one, other] = await Promise.all([place(), place()].map(here => readDevelopmentSecret(here)));
    expect(bytesOf(one!)).not.toBe(bytesOf(other!));
  });
});

describe('later on', () => {
  test('stays the same', async () => {
    const here = place();
    const first = bytesOf(await readDevelopmentSecret(here));
    expect(bytesOf(await readDevelopmentSecret(here))).toBe(first);
  });

  test('accepts one that somebody wrote, ignoring blanks around it', async () => {
    const here = place();
    const file = developmentSecretFile(here.environment);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '  by hand \r\n', { mode: 0o600 });
    expect(bytesOf(await readDevelopmentSecret(here))).toBe('by hand');
  });
});

describe('is refused if others may have seen or made it', () => {
  test.each([0o640, 0o604, 0o660, 0o666])('in a file with the permissions %o', async mode => {
    const here = place();
    await readDevelopmentSecret(here);
    chmodSync(developmentSecretFile(here.environment), mode);
    const error = await failureOf(readDevelopmentSecret(here));
    expect(error).toBeInstanceOf(LocalError);
    expect(error.message).toMatch(/^other users can read the development secret in .*$/);
    expect(error.hint).toContain('secret --rotate');
    await rotateDevelopmentSecret(here);
    await expect(readDevelopmentSecret(here)).resolves.toBeDefined();
  });

  test.each([0o770, 0o777, 0o702])('in a folder with the permissions %o', async mode => {
    const here = place();
    await readDevelopmentSecret(here);
    chmodSync(path.dirname(developmentSecretFile(here.environment)), mode);
    const error = await failureOf(readDevelopmentSecret(here));
    expect(error).toBeInstanceOf(LocalError);
    expect(error.hint).toContain('chmod 700');
  });
});

describe('concurrent starts agree on one', () => {
  test('within one process', async () => {
    const here = place();
    const secrets = await Promise.all(Array.from({ length: 100 }, () => readDevelopmentSecret(here)));
    expect(new Set(secrets.map(bytesOf)).size).toBe(1);
    expect(readdirSync(path.dirname(developmentSecretFile(here.environment)))).toEqual(['development-secret']);
  });

  test('in twenty processes', async () => {
    const here = place();
    const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
    const env = { PATH: process.env['PATH'], XDG_CONFIG_HOME: here.cwd, ...compiledCode() };
    const runs = Array.from({ length: 20 }, () =>
      promisify(execFile)(process.execPath, [bin, 'secret', '--reveal'], { env }),
    );
    const outputs = (await Promise.all(runs)).map(({ stdout }) => stdout);
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toMatch(/^[0-9a-f]{64}\n$/);
    expect(readdirSync(path.join(here.cwd, 'webhook-cli'))).toEqual(['development-secret']);
  });
});

describe('rotating', () => {
  test('replaces the old one', async () => {
    const here = place();
    const old = bytesOf(await readDevelopmentSecret(here));
    const rotated = await rotateDevelopmentSecret(here);
    expect(bytesOf(rotated)).not.toBe(old);
    expect(isDevelopmentSecret(rotated)).toBe(true);
    expect(bytesOf(await readDevelopmentSecret(here))).toBe(bytesOf(rotated));
    const file = developmentSecretFile(here.environment);
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['development-secret']);
  });

  test('creates the first one if there was none', async () => {
    const here = place();
    expect(bytesOf(await rotateDevelopmentSecret(here))).toBe(bytesOf(await readDevelopmentSecret(here)));
  });

  test('is atomic for concurrent readers', async () => {
    const here = place();
    await readDevelopmentSecret(here);
    const work = Array.from({ length: 60 }, (_, index) =>
      index % 3 === 0 ? rotateDevelopmentSecret(here) : readDevelopmentSecret(here),
    );
    for (const secret of await Promise.all(work)) expect(bytesOf(secret)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('reports what is in the way', () => {
  test.each(['', '\n', ' \t\r\n'])('a file that is %j is empty, and rotating fixes it', async content => {
    const here = place();
    const file = developmentSecretFile(here.environment);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
    const error = await failureOf(readDevelopmentSecret(here));
    expect(error).toBeInstanceOf(LocalError);
    expect(error.message).toBe(`the development secret in ${file} is empty`);
    expect(error.hint).toContain('--rotate');
    expect(bytesOf(await rotateDevelopmentSecret(here))).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['reading', readDevelopmentSecret],
    ['rotating', rotateDevelopmentSecret],
  ])('%s in a place where no folder can be created', async (_, work) => {
    const here = place();
    const parent = path.join(here.cwd, here.file('a file, not a folder'));
    const error = await failureOf(work({ ...here, environment: environmentOf({ env: { XDG_CONFIG_HOME: parent } }) }));
    expect(error).toBeInstanceOf(LocalError);
    expect(error.message).toBe(
      `can't keep a development secret in ${parent}/webhook-cli/development-secret: a file is in the way (ENOTDIR)`,
    );
    expect(error.hint).toContain('WEBHOOK_SECRET');
  });

  test('a folder in its place', async () => {
    const here = place();
    mkdirSync(developmentSecretFile(here.environment), { recursive: true });
    for (const work of [readDevelopmentSecret, rotateDevelopmentSecret])
      expect(await failureOf(work(here))).toBeInstanceOf(LocalError);
    expect(readdirSync(path.dirname(developmentSecretFile(here.environment)))).toEqual(['development-secret']);
  });

  test('doesn’t treat other errors as system errors', async () => {
    const here = { ...place(), clock: { now: () => new Date(0), randomBytes: () => expect.fail('no entropy') } };
    await expect(readDevelopmentSecret(here)).rejects.toThrow('no entropy');
  });
});

test('a secret from elsewhere isn’t a development secret', () => {
  expect(isDevelopmentSecret(createSecret(Buffer.from('x'), 'WEBHOOK_SECRET'))).toBe(false);
});
