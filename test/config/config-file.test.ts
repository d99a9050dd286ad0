import { execFileSync } from 'node:child_process';
import { chownSync, lchownSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../src/config/configuration.js';
import { resolveSecrets } from '../../src/config/secrets.js';
import { resolveSettings } from '../../src/config/resolve.js';
import { UnknownNameError, UsageError } from '../../src/errors.js';
import { temporaryFolder } from '../support/folder.js';
import { nearestName } from '../../src/text/nearest.js';
import { configured, fileName } from './configured.js';
import { failureOf, place, secretsIn } from './surroundings.js';

test('uses the nearest file, from the working directory upwards', async () => {
  const configuration = await configured({ file: { retries: 4 }, from: 'a/b' });
  expect(configuration.file).toBe(`../../${fileName}`);
  expect(resolveSettings(['retries'], {}, configuration)).toEqual({ retries: 4 });
});

test('resolves paths relative to the file, and accepts a byte order mark', async () => {
  const file = `\ufeff${JSON.stringify({ secretFile: 'mine', listen: { save: 'sub/x.ndjson' } })}`;
  const configuration = await configured({ file, from: 'a' });
  expect(configuration.base?.secretFile).toBe('../mine');
  expect(resolveSettings(['save'], {}, configuration).save).toMatch(/webhook-cli-test-\w+\/sub\/x\.ndjson$/);
});

describe('reports a mistake with its place', () => {
  test.each<[text: string, message: string, hint?: string]>([
    ['{\n "a": 1,\n}', `${fileName}:2:8: isn't JSON: there is an extra comma`],
    ['', `${fileName}:1:1: isn't JSON`],
    ['[]', `${fileName}:1:1: the file should be an object`],
    ['{\n  "tiemout": "1s" }', `${fileName}:2:3: unknown key "tiemout"`],
    ['{"listen": {"prot": 1}}', `${fileName}:1:13: unknown key "listen.prot"`],
    ['{"profiles": {"p": {"profiles": {}}}}', `${fileName}:1:21: unknown key "profiles.p.profiles"`],
    ['{"__proto__": {"url": 1}}', `${fileName}:1:2: unknown key "__proto__"`],
    ['{"secret": "hunter2"}', `${fileName}:1:2: unknown key "secret"`, 'never put a secret in this file'],
    ['{"apiKey": "hunter2"}', `${fileName}:1:2: unknown key "apiKey"`, 'never put a secret in this file'],
    ['{"secretEnv": "hunter 2"}', `${fileName}:1:2: secretEnv: the value isn't the name of a variable`],
    ['{"secretFile": "-"}', `${fileName}:1:2: secretFile: only a flag can name standard input`],
    [
      '{"url": "localhost"}',
      `${fileName}:1:2: url: "localhost" is missing http:// or https://`,
      'did you mean "http://localhost"?',
    ],
    ['{"url": "http://me:hunter2@x/"}', `${fileName}:1:2: url: the URL has a user name or a password in it`],
    ['{"timeout": 10}', `${fileName}:1:2: timeout should be a string`],
    ['{"retries": 1.5}', `${fileName}:1:2: retries should be a whole number from 0 to 1,000`],
    ['{"listen": {"port": 65536}}', `${fileName}:1:13: listen.port should be a whole number from 0 to 65,535`],
    ['{"listen": {"save": "x.har"}}', `${fileName}:1:13: listen.save: can't append to a HAR file`],
    ['{"algorithm": "md5"}', `${fileName}:1:2: algorithm should be one of sha256, sha384, sha512`],
    [
      '{"headers": {"X-Fin-Signature": "00"}}',
      `${fileName}:1:14: headers.X-Fin-Signature: X-Fin-Signature contradicts`,
    ],
    ['{"headers": {"content-length": "0"}}', `${fileName}:1:14: headers.content-length: content-length is set`],
    ['{"headers": {"a": "x\\r\\ny"}}', `${fileName}:1:14: headers.a: the value of a has a line break`],
    ['{"check": {"skip": ["a", 1]}}', `${fileName}:1:26: check.skip.1 should be a string`],
  ])('%j', async (text, message, hint = '') => {
    const error = await failureOf(configured({ file: text }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('hunter');
  });

  test.each([
    ['{"tiemout": "1s"}', 'timeout'],
    ['{"listen": {"prot": 1}}', 'listen.port'],
    ['{"profiles": {"p": {"ulr": 1}}}', 'profiles.p.url'],
    ['{"schemes": {"acme": {"signature": {"header": "x-a", "keys": "v1"}}}}', 'schemes.acme.signature.key'],
    ['{"secretfile": "secret"}', 'secretFile'],
    ['{"profiles": {"p": {"secretENV": "X"}}}', 'profiles.p.secretEnv'],
  ])('suggests the right key for %s', async (file, known) => {
    const error = await failureOf(configured({ file }));
    if (!(error instanceof UnknownNameError)) throw error;
    const { given, known: names, hint } = error;
    expect(nearestName(given, names)).toBe(known);
    expect(hint).toMatch(/^known keys: /);
  });

  test.each(['['.repeat(100_000), `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`])(
    'survives deep nesting',
    async file => {
      expect(await failureOf(configured({ file }))).toBeInstanceOf(UsageError);
    },
  );
});

describe('a profile', () => {
  test('that doesn’t exist is a usage error that lists the others', async () => {
    const error = await failureOf(configured({ file: { profiles: { staging: {} } }, flags: { profile: 'stagin' } }));
    expect(error).toMatchObject({ message: 'unknown profile "stagin"', known: ['staging'] });
    expect(await failureOf(configured({ flags: { profile: 'x' } }))).toMatchObject({ code: 'usage' });
    expect(await failureOf(configured({ file: {}, flags: { profile: 'toString' } }))).toMatchObject({ code: 'usage' });
  });
});

describe('a file that was found rather than named', () => {
  test('is not read if it belongs to another user, unless it is named', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, fileName), '{}');
    // Root's files are trusted, so root gives the file away; any other user runs as if they were someone else.
    const own = process.getuid?.() ?? 0;
    if (own === 0) chownSync(path.join(cwd, fileName), 4665, 4665);
    const read = (configFlags: object) =>
      readConfiguration({ cwd, env: {}, configFlags, userId: own === 0 ? 0 : own + 1 });
    const error = await failureOf(read({}));
    expect((await read({ config: fileName })).file).toBe(fileName);
    expect(error.hint).toContain(`--config ${fileName}`);
  });

  test('is not read if another user’s link leads to it, even if the file is the user’s own', async () => {
    const [cwd, project] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(path.join(project, fileName), '{}');
    symlinkSync(path.join(project, fileName), path.join(cwd, 'between'));
    symlinkSync('between', path.join(cwd, fileName));
    const own = process.getuid?.() ?? 0;
    const read = (userId: number, config?: string) => readConfiguration({ cwd, env: {}, userId, configFlags: config === undefined ? {} : { config } }); // prettier-ignore
    expect((await read(own)).file).toBe(fileName);
    // Only root can give a link away.
    if (own === 0) lchownSync(path.join(cwd, 'between'), 4665, 4665);
    const user = own === 0 ? 0 : own + 1;
    expect((await failureOf(read(user))).message).toBe(`${fileName} belongs to another user`);
    expect((await read(user, fileName)).file).toBe(fileName);
  });

  test('resolves paths relative to itself, wherever a link to it is', async () => {
    const [cwd, project] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(path.join(project, fileName), JSON.stringify({ dotenv: '.env', secretFile: 'secret' }));
    for (const [folder, value] of [[cwd, 'wrong'], [project, 'right']] as const) writeFileSync(path.join(folder, '.env'), `A=${value}`); // prettier-ignore
    symlinkSync(path.join(project, fileName), path.join(cwd, fileName));
    for (const configFlags of [{}, { config: fileName }]) {
      const { env, base } = await readConfiguration({ cwd, env: {}, userId: process.getuid?.(), configFlags });
      expect(env['A']).toBe('right');
      expect(path.resolve(cwd, base?.secretFile ?? '')).toBe(path.join(project, 'secret'));
    }
  });

  test('can’t record outside its folder, not even through a link', async () => {
    for (const save of ['../x', '/etc/x', 'a/../../x']) {
      const { message } = await failureOf(configured({ file: { listen: { save } } }));
      expect(message).toBe(`listen.save in ${fileName} leads out of the file's folder`);
    }
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, path.join(folder, 'link'));
    writeFileSync(path.join(folder, fileName), JSON.stringify({ listen: { save: 'link/x' } }));
    const surroundings = { cwd: folder, env: {}, userId: process.getuid?.() };
    expect((await failureOf(readConfiguration({ ...surroundings, configFlags: {} }))).message).toContain('leads out');
    const named = await readConfiguration({ ...surroundings, configFlags: { config: fileName } });
    expect(named.base?.settings.save).toBe(path.join(folder, 'link/x'));
  });

  test('isn’t read if it’s not a regular file or far too large', async () => {
    const cwd = temporaryFolder();
    const read = () => readConfiguration({ cwd, env: {}, userId: process.getuid?.(), configFlags: {} });
    execFileSync('mkfifo', [path.join(cwd, fileName)]);
    expect((await failureOf(read())).message).toBe(`${fileName} isn't a file`);
    const large = await failureOf(configured({ file: ' '.repeat(1024 ** 2 + 1) }));
    expect(large.message).toContain('is larger than 1024 KiB');
  });
});

describe('a dotenv file', () => {
  test('warns about a value that ends before a # inside a word, but not about a comment', async () => {
    const lines = ['CUT=ab#cd', 'COMMENT=ab # cd', "QUOTED='ab#cd'", 'export EXPORTED=ab#cd', 'EMPTY=#cd'];
    const { dotenv, env } = await configured({ file: { dotenv: '.env' }, files: { '.env': lines.join('\n') } });
    expect([...(dotenv?.cut ?? [])]).toEqual(['CUT', 'EXPORTED']);
    expect(env).toMatchObject({ CUT: 'ab', COMMENT: 'ab', QUOTED: 'ab#cd', EXPORTED: 'ab', EMPTY: '' });
  });

  test('must exist if a flag names it, and may be missing if the file names it', async () => {
    expect((await failureOf(configured({ flags: { dotenv: 'none' } }))).message).toBe(
      "can't read none: no such file or folder (ENOENT)",
    );
    expect((await configured({ file: { dotenv: 'none' } })).env).toEqual({});
  });

  test('can contain a secret, which is reported', async () => {
    const given = { file: { dotenv: '.env', secretEnv: 'MINE' }, files: { '.env': "MINE='a secret'" } };
    const configuration = await configured(given);
    const [secret] = await resolveSecrets({}, { ...place(), configuration });
    expect([secretsIn([secret]), secret.origin]).toEqual([['a secret'], 'MINE in .env']);
  });
});

test('a secret of the profile takes precedence over the file’s, and WEBHOOK_SECRET over both', async () => {
  const file = { secretFile: 'none', profiles: { p: { secretEnv: 'MINE' } } };
  const env = { MINE: 'mine' };
  const secretOf = async (given: object) =>
    secretsIn(await resolveSecrets({}, { ...place(), configuration: await configured({ file, ...given }) }));
  expect(await secretOf({ env, flags: { profile: 'p' } })).toEqual(['mine']);
  expect(await secretOf({ env: { ...env, WEBHOOK_SECRET: 'usual' }, flags: { profile: 'p' } })).toEqual(['usual']);
  const { message } = await failureOf(secretOf({ env }));
  expect(message).toBe(`can't read the file named by secretFile in ${fileName}: no such file or folder (ENOENT)`);
});
