import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, UsageError } from '../errors.js';
import { createSecret, type Secret } from '../signature/secret.js';
import { readDevelopmentSecret, type ConfigHome } from './development-secret.js';

export interface SecretFlags {
  /** Paths, or `-` for standard input. */
  secretFile?: readonly string[] | undefined;
  /** Names of variables. */
  secretEnv?: readonly string[] | undefined;
}

export interface SecretSurroundings extends ConfigHome {
  cwd: string;
  readStdin: () => Promise<Buffer>;
  warn: (message: string) => void;
}

/**
 * The secrets to sign with (the first) or to accept (any), from the first place that names one: flags, WEBHOOK_SECRET,
 * the development secret. `remote` is the address that would see the development secret at work, if there is one: then
 * it isn't used. Throws UsageError when there is no secret or an empty one.
 */
export async function resolveSecrets(
  { secretFile = [], secretEnv = [] }: SecretFlags,
  surroundings: SecretSurroundings,
  { remote }: { remote?: string | undefined } = {},
): Promise<[Secret, ...Secret[]]> {
  const { env } = surroundings;
  if (secretFile.filter(file => file === '-').length > 1) {
    throw new UsageError('standard input was named twice', { hint: 'it can be read once' });
  }
  if (secretFile.length + secretEnv.length > 0) {
    const files = await Promise.all(secretFile.map(file => fromFile(file, surroundings)));
    return atLeastOne([...files.flat(), ...secretEnv.flatMap(name => fromVariable(name, surroundings))]);
  }
  if (env['WEBHOOK_SECRET'] !== undefined) return fromVariable('WEBHOOK_SECRET', surroundings);
  if (remote !== undefined) {
    throw new UsageError(`no signing secret for ${remote}`, {
      hint: 'set WEBHOOK_SECRET, or pass --secret-file or --secret-env; the development secret is for this machine only',
    });
  }
  return [await readDevelopmentSecret(surroundings)];
}

function fromVariable(name: string, { env, warn }: SecretSurroundings): [Secret, ...Secret[]] {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) {
    // The name stays unsaid: it may be the secret itself, given by mistake.
    throw new UsageError('the variable that --secret-env names is not set', {
      hint: 'the flag takes the name of a variable, never a secret',
    });
  }
  return secretsIn(Buffer.from(value), name, warn);
}

async function fromFile(file: string, { cwd, readStdin, warn }: SecretSurroundings): Promise<[Secret, ...Secret[]]> {
  if (file === '-') return secretsIn(await readStdin(), 'standard input', warn);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path.resolve(cwd, file));
    const { mode } = await handle.stat();
    if (mode & 0o077) warn(`${file} holds a secret and others may read it; chmod 600 makes it yours alone`);
    return secretsIn(await handle.readFile(), file, warn);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const code = systemCode(cause);
    // A path that nothing proves to be one stays unsaid: it may be the secret itself, given by mistake.
    const isPath = ['EACCES', 'EPERM', 'EISDIR'].includes(code);
    const which = isPath ? file : 'the file that --secret-file names';
    throw new UsageError(`can't read ${which} (${code})`, {
      ...(isPath && { cause }),
      hint: 'the flag takes a path, or - for standard input; never a secret',
    });
  } finally {
    await handle?.close();
  }
}

/** One secret a line; the newline at the end of each isn't part of it. */
function secretsIn(bytes: Buffer, origin: string, warn: (message: string) => void): [Secret, ...Secret[]] {
  // latin1 keeps every byte as it is, so that the text can be cut into lines and turned back.
  const text = bytes.toString('latin1');
  const lines = text.split(/\r?\n/).filter(line => line !== '');
  if (text.includes('\r\n')) warn(`the secret from ${origin} ends with CR and LF; neither counts as part of it`);
  const secrets = lines.map((line, index) => {
    const name = lines.length === 1 ? origin : `${origin} (line ${index + 1})`;
    return secretOf(line, name, warn);
  });
  if (secrets.length === 0) {
    throw new UsageError(`the secret from ${origin} is empty`, { hint: 'is the variable or file the right one?' });
  }
  return atLeastOne(secrets);
}

function secretOf(line: string, name: string, warn: (message: string) => void): Secret {
  const oddities: readonly (readonly [RegExp, string])[] = [
    [/^[ \t\v\f\r]|[ \t\v\f\r]$/, 'begins or ends with a blank'],
    [/^\xef\xbb\xbf/, 'begins with a byte order mark'],
  ];
  for (const [pattern, words] of oddities) {
    if (pattern.test(line)) warn(`the secret from ${name} ${words}, which counts as part of it`);
  }
  return createSecret(Buffer.from(line, 'latin1'), name);
}

function atLeastOne(secrets: Secret[]): [Secret, ...Secret[]] {
  const [first, ...others] = secrets;
  if (!first) throw new Error('No secret where one was promised.');
  return [first, ...others];
}
