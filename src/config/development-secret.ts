import { chmod, link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, LocalError, systemCode, UsageError, systemWords } from '../errors.js';
import { createSecret, type Secret } from '../signature/secret.js';

/** What tells where a user keeps configuration, and how to make something at random. */
export interface ConfigHome {
  env: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
  entropy: (size: number) => Uint8Array;
}

const origin = 'development secret';

export const isDevelopmentSecret = (secret: Secret): boolean => secret.origin === origin;

/** https://specifications.freedesktop.org/basedir-spec; a relative path there counts as none. */
export function developmentSecretFile({ env, homeDirectory }: Pick<ConfigHome, 'env' | 'homeDirectory'>): string {
  const configured = env['XDG_CONFIG_HOME'];
  const folder = configured && path.isAbsolute(configured) ? configured : path.join(homeDirectory, '.config');
  if (!path.isAbsolute(folder)) {
    throw new UsageError('there is no home directory to keep a development secret in', {
      hint: 'set WEBHOOK_SECRET to a secret of your own, or HOME',
    });
  }
  return path.join(folder, 'webhook-cli', 'development-secret');
}

/** The secret with which commands on one machine agree without set-up; made on first use. Throws LocalError. */
export const readDevelopmentSecret = (home: ConfigHome): Promise<Secret> =>
  withLocalErrors(home, async file => {
    const text = await readFile(file, 'utf8').catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      await placeNewSecret(file, home, linkUnlessThere);
      return readFile(file, 'utf8');
    });
    return secretOf(text, file);
  });

/** Replaces it: what was signed with the old one doesn't verify any more. Throws LocalError. */
export const rotateDevelopmentSecret = (home: ConfigHome): Promise<Secret> =>
  withLocalErrors(home, async file => {
    await placeNewSecret(file, home, rename);
    return secretOf(await readFile(file, 'utf8'), file);
  });

function secretOf(text: string, file: string): Secret {
  const secret = text.trim();
  if (secret === '')
    throw new LocalError(`the development secret in ${file} is empty`, {
      hint: 'webhook-cli secret --rotate makes a new one',
    });
  return createSecret(Buffer.from(secret), origin);
}

/** Whole before it has its name, so that nobody reads half a secret. */
async function placeNewSecret(
  file: string,
  { entropy }: ConfigHome,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const hex = (size: number) => Buffer.from(entropy(size)).toString('hex');
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

async function withLocalErrors<T>(home: ConfigHome, work: (file: string) => Promise<T>): Promise<T> {
  const file = developmentSecretFile(home);
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
