import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDevelopmentSecret } from '../../src/config/development-secret.js';
import { resolveSecrets } from '../../src/config/secrets.js';
import { UsageError } from '../../src/errors.js';
import { bytesOf, failureOf, place, secretsIn } from './surroundings.js';

describe('where the secret comes from', () => {
  test('flags take precedence over WEBHOOK_SECRET', async () => {
    const here = place({ WEBHOOK_SECRET: 'from the environment', MINE: 'from my variable' });
    const secretFile = [here.file('from the file')];
    expect(secretsIn(await resolveSecrets({ secretFile }, here))).toEqual(['from the file']);
    expect(secretsIn(await resolveSecrets({ secretEnv: ['MINE'] }, here))).toEqual(['from my variable']);
    expect(secretsIn(await resolveSecrets({}, here))).toEqual(['from the environment']);
  });

  test('repeated flags give several secrets, files first, each in the given order', async () => {
    const here = place({ A: 'three', B: 'four' });
    const secretFile = [here.file('one', { name: 'z' }), here.file('two', { name: 'a' })];
    const secrets = await resolveSecrets({ secretFile, secretEnv: ['A', 'B'] }, here);
    expect(secretsIn(secrets)).toEqual(['one', 'two', 'three', 'four']);
    expect(secrets.map(({ origin }) => origin)).toEqual(['z', 'a', 'A', 'B']);
  });

  test('one name may be given twice', async () => {
    const here = place({ A: 'one' });
    expect(secretsIn(await resolveSecrets({ secretEnv: ['A', 'A'] }, here))).toEqual(['one', 'one']);
  });

  test('a dash means standard input', async () => {
    const [secret] = await resolveSecrets({ secretFile: ['-'] }, place({}, 'typed\n'));
    expect([bytesOf(secret), secret.origin]).toEqual(['typed', 'standard input']);
  });

  test('an absolute path is used as it is', async () => {
    const here = place();
    const file = path.join(here.cwd, here.file('absolute'));
    expect(
      secretsIn(
        await resolveSecrets({ secretFile: [file] }, { ...here, environment: { ...here.environment, cwd: '/' } }),
      ),
    ).toEqual(['absolute']);
  });

  test('empty lists of flags count as absent', async () => {
    const here = place({ WEBHOOK_SECRET: 'environment' });
    expect(secretsIn(await resolveSecrets({ secretFile: [], secretEnv: [] }, here))).toEqual(['environment']);
  });
});

describe('what is in a file', () => {
  test.each<[string, string | Buffer, string[]]>([
    ['no newline at its end', 'secret', ['secret']],
    ['a newline at its end', 'secret\n', ['secret']],
    ['several lines', 'new\nold\n', ['new', 'old']],
    ['empty lines', '\nnew\n\n\nold\n\n', ['new', 'old']],
    ['a prefix and padding', 'whsec_c2VjcmV0==\n', ['whsec_c2VjcmV0==']],
    ['a blank in the middle', 'two words\n', ['two words']],
    ['a byte order mark', '\ufeffsecret\n', ['secret']],
    ['letters beyond ASCII', 'sécret\n', [Buffer.from('sécret').toString('latin1')]],
  ])('with %s is read byte for byte, one secret per line', async (_, content, secrets) => {
    const here = place();
    expect(secretsIn(await resolveSecrets({ secretFile: [here.file(content)] }, here))).toEqual(secrets);
    expect(here.warnings).toEqual([]);
  });

  test.each([
    ['secret\r\n', ['secret']],
    ['new\r\nold\r\n', ['new', 'old']],
  ])(
    'the line ends of %j are not part of it, with a warning, since other tools may count the CR',
    async (content, secrets) => {
      const here = place();
      expect(secretsIn(await resolveSecrets({ secretFile: [here.file(content)] }, here))).toEqual(secrets);
      expect(here.warnings).toEqual(['the secret from secret.txt ends with CR and LF, which are not part of it']);
    },
  );

  test('a secret among several is named by its line', async () => {
    const here = place();
    const secrets = await resolveSecrets({ secretFile: [here.file('new\nold\n')] }, here);
    expect(secrets.map(({ origin }) => origin)).toEqual(['secret.txt (line 1)', 'secret.txt (line 2)']);
  });

  test.each(['secret ', ' secret', 'secret\t', '\tsecret', 'secret \n', 'secret\r', ' '])(
    'blanks at the ends of %j count as part of it, with a warning that doesn’t show it',
    async content => {
      const here = place();
      const secrets = await resolveSecrets({ secretFile: [here.file(content)] }, here);
      expect(secretsIn(secrets)).toEqual([content.replace(/\n$/, '')]);
      expect(here.warnings).toEqual([
        'the secret from secret.txt begins or ends with a blank, which counts as part of it',
      ]);
    },
  );

  test.each([
    [0o600, 0],
    [0o400, 0],
    [0o640, 1],
    [0o604, 1],
    [0o644, 1],
  ])('with the permissions %o causes %i warnings', async (mode, count) => {
    const here = place();
    await resolveSecrets({ secretFile: [here.file('secret', { mode })] }, here);
    expect(here.warnings).toHaveLength(count);
    for (const warning of here.warnings) expect(warning).toContain('secret.txt holds a secret that others can read');
  });
});

describe('the value of a variable', () => {
  test.each([
    ['secret', ['secret']],
    ['secret\n', ['secret']],
    ['secret\r\n', ['secret']],
    ['new\nold', ['new', 'old']],
  ])('%j has one secret per line', async (value, secrets) => {
    expect(secretsIn(await resolveSecrets({}, place({ WEBHOOK_SECRET: value })))).toEqual(secrets);
    expect(secretsIn(await resolveSecrets({ secretEnv: ['MINE'] }, place({ MINE: value })))).toEqual(secrets);
  });
});

describe('an empty secret is refused', () => {
  test.each(['', '\n', '\r\n', '\n\n\n', '\ufeff', '\ufeff\n'])('in a file that is %j', async content => {
    const here = place({ WEBHOOK_SECRET: 'not asked' });
    const error = await failureOf(resolveSecrets({ secretFile: [here.file(content)] }, here));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('the secret from secret.txt is empty');
  });

  test.each(['', '\n'])('in a variable that is %j', async value => {
    const named = await failureOf(resolveSecrets({ secretEnv: ['MINE'] }, place({ MINE: value })));
    expect(named).toBeInstanceOf(UsageError);
    expect(named.message).toBe('the secret from MINE is empty');
    const usual = await failureOf(resolveSecrets({}, place({ WEBHOOK_SECRET: value })));
    expect(usual).toBeInstanceOf(UsageError);
    expect(usual.message).toBe('the secret from WEBHOOK_SECRET is empty');
  });

  test('on standard input', async () => {
    const error = await failureOf(resolveSecrets({ secretFile: ['-'] }, place()));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('the secret from standard input is empty');
  });

  test('even next to a valid one', async () => {
    const here = place({ A: 'good', B: '' });
    expect(await failureOf(resolveSecrets({ secretEnv: ['A', 'B'] }, here))).toBeInstanceOf(UsageError);
  });
});

describe('a secret in place of its name is not echoed', () => {
  test.each([
    ['in the environment', {}, 'set it, or pass --secret-file <path>'],
    ['in .env', { dotenv: { file: '.env', names: new Set<string>(), cut: new Set<string>(), isNamedByFile: true } }, 'put it in .env'],
  ])('as a variable that the file names, and that is not set %s', async (_, found, hint) => {
    const surroundings = place();
    const base = { settings: {}, secretEnv: 'FIN_SECRET', source: { kind: 'file' as const, file: 'f' } };
    const configuration = { ...surroundings.configuration, base, ...found };
    const error = await failureOf(resolveSecrets({}, { ...surroundings, configuration }));
    expect(error).toMatchObject({ message: 'FIN_SECRET is not set', hint });
    const messageFor = async (secretEnv: string) => {
      const other = { ...configuration, base: { ...base, secretEnv } };
      return (await failureOf(resolveSecrets({}, { ...surroundings, configuration: other }))).message;
    };
    expect(await messageFor('FIN_SECRET_2')).toBe('FIN_SECRET_2 is not set');
    for (const secret of ['hunter2', 'AKIA5QHUNTER', 'WHSEC_5Q4711HUNTER', 'HUNTER'])
      expect(await messageFor(secret)).toBe('the variable named by secretEnv in f is not set');
  }); // prettier-ignore

  test('as a variable that is not set', async () => {
    const error = await failureOf(resolveSecrets({ secretEnv: ['hunter2'] }, place()));
    expect(error).toBeInstanceOf(UsageError);
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('hunter2');
  });

  test('as a path that does not exist', async () => {
    const error = await failureOf(resolveSecrets({ secretFile: ['hunter2'] }, place()));
    expect(error).toBeInstanceOf(UsageError);
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('hunter2');
    expect(error.message).toContain('ENOENT');
  });
});

test('a folder is not a secret file', async () => {
  const here = place();
  mkdirSync(path.join(here.cwd, 'folder'), { mode: 0o700 });
  const error = await failureOf(resolveSecrets({ secretFile: ['folder'] }, here));
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toBe("can't read folder: it's a folder (EISDIR)");
});

describe('without any secret', () => {
  test('the development secret is used on this machine', async () => {
    const here = place();
    const [secret] = await resolveSecrets({}, here, { remote: undefined });
    expect(isDevelopmentSecret(secret)).toBe(true);
    expect(secretsIn(await resolveSecrets({}, here))).toEqual([bytesOf(secret)]);
  });

  test('a remote receiver gets none, and none is created', async () => {
    const here = { ...place(), clock: { now: () => new Date(0), randomBytes: () => expect.fail('a secret was made') } };
    const error = await failureOf(resolveSecrets({}, here, { remote: 'https://example.com' }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('no signing secret for https://example.com');
    expect(error.hint).toContain('WEBHOOK_SECRET');
  });

  test.each([
    ['WEBHOOK_SECRET', {}],
    ['OTHER', { secretEnv: ['OTHER'] }],
  ])('a secret from %s is used anywhere', async (name, flags) => {
    const secrets = await resolveSecrets(flags, place({ [name]: 'mine' }), { remote: 'https://example.com' });
    expect(secretsIn(secrets)).toEqual(['mine']);
    expect(secrets.some(isDevelopmentSecret)).toBe(false);
  });
});

describe('a value that looks like a secret given by mistake', () => {
  test.each([
    ['too long for a name', 'x'.repeat(300)],
    ['a path below a file', 'secret.txt/hunter2'],
  ])('%s is not echoed', async (_, given) => {
    const surroundings = place();
    surroundings.file('real');
    const { message, hint } = await failureOf(resolveSecrets({ secretFile: [given] }, surroundings));
    expect(`${message} ${hint ?? ''}`).not.toContain(given);
  });

  test('an inherited property’s name is not a variable', async () => {
    const { message } = await failureOf(resolveSecrets({ secretEnv: ['toString'] }, place()));
    expect(message).toBe('the variable named by --secret-env is not set');
  });

  test('standard input can be used once', async () => {
    const { message } = await failureOf(resolveSecrets({ secretFile: ['-', '-'] }, place({}, 'secret')));
    expect(message).toBe('standard input was given twice');
  });

  test('a secret that ends with part of a wide character has no blank at its end', async () => {
    const surroundings = place({ WEBHOOK_SECRET: 'secret\u00e0' });
    await resolveSecrets({}, surroundings);
    expect(surroundings.warnings).toEqual([]);
  });
});
