import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CommandError, LocalError, systemCode, UsageError, systemWords } from '../errors.js';
import { readSmall, UnfitFileError } from '../file/small-file.js';
import type { Clock, Environment } from '../ports.js';
import type { SecretForm } from '../scheme/definition.js';
import { secretInForm, secretText, textSecrets, type Secret } from '../scheme/secret.js';

/** The user's configuration folder, and the source of randomness for a new secret. */
export interface HomePorts {
  environment: Environment;
  clock: Clock;
}

const origin = 'development secret';

export const isDevelopmentSecret = (secret: Secret): boolean => secret.origin === origin;

/** Follows https://specifications.freedesktop.org/basedir-spec, which ignores relative paths. Throws UsageError. */
export function developmentSecretFile({ env, homeDirectory }: Pick<Environment, 'env' | 'homeDirectory'>): string {
  const configured = env['XDG_CONFIG_HOME'];
  const folder = configured && path.isAbsolute(configured) ? configured : path.join(homeDirectory, '.config');
  if (!path.isAbsolute(folder)) {
    throw new UsageError('there is no home directory to keep a development secret in', {
      hint: 'set HOME, or set WEBHOOK_SECRET to your own secret',
    });
  }
  return path.join(folder, 'webhook-cli', 'development-secret');
}

/** Returns the secret that all commands on this machine share by default, and makes it on first use. Throws LocalError. */
export const readDevelopmentSecret = (home: HomePorts, form?: SecretForm): Promise<Secret> =>
  withLocalErrors(home, async file => {
    const secret = await readSecret(file, home, form).catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      await placeNewSecret(file, home, 'createFile');
      return readSecret(file, home, form);
    });
    refuseSharedFolder(path.dirname(file));
    return secret;
  });

/** Returns the development secret if there is a usable one, without making one. */
export async function existingDevelopmentSecret(home: HomePorts, form?: SecretForm): Promise<Secret | undefined> {
  try {
    return await readSecret(developmentSecretFile(home.environment), home, form);
  } catch {
    return undefined;
  }
}

/** Makes a new one, so that signatures made with the old one no longer verify. Throws LocalError. */
export const rotateDevelopmentSecret = (home: HomePorts): Promise<Secret> =>
  withLocalErrors(home, async file => {
    await placeNewSecret(file, home, 'replaceFile');
    return readSecret(file, home);
  });

async function readSecret(
  file: string,
  { environment: { signal } }: HomePorts,
  form: SecretForm = textSecrets,
): Promise<Secret> {
  const { bytes, mode } = await readSmall(file, { holds: 'secret', isNamed: false, signal });
  if (mode & 0o077)
    throw new LocalError(`other users can read the development secret in ${file}`, {
      hint: 'webhook-cli secret --rotate makes a new one that only you can read',
    });
  return secretOf(bytes, file, form);
}

/** Anyone who can write to the folder could replace the secret with their own. */
function refuseSharedFolder(folder: string): void {
  const { mode } = statSync(folder);
  if (mode & 0o022)
    throw new LocalError(`other users can write to ${folder}, which holds the development secret`, {
      hint: `run chmod 700 ${folder}, then webhook-cli secret --rotate`,
    });
}

function secretOf(bytes: Uint8Array, file: string, form: SecretForm): Secret {
  const text = secretText(bytes, file).trim();
  if (text === '')
    throw new LocalError(`the development secret in ${file} is empty`, {
      hint: 'webhook-cli secret --rotate makes a new one',
    });
  return secretInForm(text, origin, form);
}

async function placeNewSecret(file: string, { clock }: HomePorts, place: 'createFile' | 'replaceFile'): Promise<void> {
  const files = await import('../file/atomic-file.js');
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const text = `${Buffer.from(clock.randomBytes(32)).toString('hex')}\n`;
  await files[place](file, text, { clock, mode: 0o600, isSynced: true });
}

async function withLocalErrors<T>(home: HomePorts, work: (file: string) => Promise<T>): Promise<T> {
  const file = developmentSecretFile(home.environment);
  try {
    return await work(file);
  } catch (cause) {
    if (cause instanceof UnfitFileError) throw new LocalError(`the development secret in ${file} ${cause.message}`);
    if (cause instanceof CommandError || systemCode(cause) === '') throw cause;
    throw new LocalError(`can't keep a development secret in ${file}: ${systemWords(cause)}`, {
      cause,
      hint: 'set WEBHOOK_SECRET to your own secret',
    });
  }
}
