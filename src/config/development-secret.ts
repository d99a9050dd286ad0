import { chmod, link, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, LocalError, systemCode, UsageError, systemWords } from '../errors.js';
import type { Clock, Environment } from '../ports.js';
import { createSecret, secretText, type Secret } from '../scheme/secret.js';

/** What tells where a user keeps configuration, and how to make something at random. */
export interface HomePorts {
  environment: Environment;
  clock: Clock;
}

const origin = 'development secret';

export const isDevelopmentSecret = (secret: Secret): boolean => secret.origin === origin;

/** https://specifications.freedesktop.org/basedir-spec; a relative path there counts as none. */
export function developmentSecretFile({ env, homeDirectory }: Pick<Environment, 'env' | 'homeDirectory'>): string {
  const configured = env['XDG_CONFIG_HOME'];
  const folder = configured && path.isAbsolute(configured) ? configured : path.join(homeDirectory, '.config');
  if (!path.isAbsolute(folder)) {
    throw new UsageError('there is no home directory to keep a development secret in', {
      hint: 'set WEBHOOK_SECRET to a secret of your own, or HOME',
    });
  }
  return path.join(folder, 'webhook-cli', 'development-secret');
}

/** The secret that commands on one machine agree on without set-up; made on first use. Throws LocalError. */
export const readDevelopmentSecret = (home: HomePorts): Promise<Secret> =>
  withLocalErrors(home, async file => {
    const secret = await readSecret(file).catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      await placeNewSecret(file, home, linkUnlessThere);
      return readSecret(file);
    });
    await refuseSharedFolder(path.dirname(file));
    return secret;
  });

/** Replaces it: what was signed with the old one doesn't verify any more. Throws LocalError. */
export const rotateDevelopmentSecret = (home: HomePorts): Promise<Secret> =>
  withLocalErrors(home, async file => {
    await placeNewSecret(file, home, rename);
    return readSecret(file);
  });

async function readSecret(file: string): Promise<Secret> {
  const handle = await open(file);
  try {
    const { mode } = await handle.stat();
    if (mode & 0o077)
      throw new LocalError(`the development secret in ${file} is open to other users`, {
        hint: 'webhook-cli secret --rotate makes a new one that only you can read',
      });
    return secretOf(await handle.readFile(), file);
  } finally {
    await handle.close();
  }
}

/** Whoever can write to the folder could put a secret of their own in place. */
async function refuseSharedFolder(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if (mode & 0o022)
    throw new LocalError(`other users can write to ${folder}, which holds the development secret`, {
      hint: `run chmod 700 ${folder}, then webhook-cli secret --rotate`,
    });
}

function secretOf(bytes: Uint8Array, file: string): Secret {
  const text = secretText(bytes, file).trim();
  if (text === '')
    throw new LocalError(`the development secret in ${file} is empty`, {
      hint: 'webhook-cli secret --rotate makes a new one',
    });
  return createSecret(Buffer.from(text), origin);
}

/** Whole before it has its name, so that nobody reads half a secret. */
async function placeNewSecret(
  file: string,
  { clock }: HomePorts,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const hex = (size: number) => Buffer.from(clock.randomBytes(size)).toString('hex');
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const temporary = `${file}.${hex(6)}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(`${hex(32)}\n`);
    await handle.sync();
    await handle.close();
    await place(temporary, file);
  } finally {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
  }
}

/** Of two processes that start at once, the second takes the first one's secret. */
const linkUnlessThere = (from: string, to: string): Promise<void> =>
  link(from, to).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });

async function withLocalErrors<T>(home: HomePorts, work: (file: string) => Promise<T>): Promise<T> {
  const file = developmentSecretFile(home.environment);
  try {
    return await work(file);
  } catch (cause) {
    if (cause instanceof CommandError || systemCode(cause) === '') throw cause;
    throw new LocalError(`can't keep a development secret in ${file}: ${systemWords(cause)}`, {
      cause,
      hint: 'set WEBHOOK_SECRET to a secret of your own',
    });
  }
}
