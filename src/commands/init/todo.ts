import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Ports } from '../../contract/command.js';
import type { Answers } from './answers.js';
import { contentOf, isThere } from './files.js';

/** Returns what the user still has to do to provide the secret. */
export async function todoAfter(
  { secret }: Answers,
  dotenv: string,
  { environment: { env, cwd } }: Pick<Ports, 'environment'>,
): Promise<string | undefined> {
  switch (secret.from) {
    case 'development':
      return undefined;
    case 'variable':
      return env[secret.name] ? undefined : `set ${secret.name}, the variable that holds the secret`;
    case 'file':
      return (await isThere(path.resolve(cwd, secret.path))) ? undefined : `put the secret in ${secret.path}`;
    case 'dotenv': {
      const { WEBHOOK_SECRET: known } = parseEnv((await contentOf(path.resolve(cwd, dotenv))) ?? '');
      return known ? undefined : `put WEBHOOK_SECRET in ${dotenv}`;
    }
  }
}
