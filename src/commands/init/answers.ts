import { settings } from '../../config/settings.js';
import { storedPath, variableName } from '../../config/values.js';
import { InvalidValueError, UsageError } from '../../errors.js';
import { isLoopback, parseTarget } from '../../http/target.js';
import type { Ask } from '../../ports.js';

export interface AnswerFlags {
  url?: URL;
  secretFrom?: SecretSource;
  secretEnv?: string;
  secretFile?: string;
  yes?: boolean;
}

export interface Answers {
  url: URL;
  secret:
    | { from: 'development' }
    | { from: 'variable'; name: string }
    | { from: 'file'; path: string }
    /** The secret isn't there yet. */
    | { from: 'dotenv'; secret?: string };
}

/** Where the secret is. */
export type SecretSource = Answers['secret']['from'];

const usualVariable = 'WEBHOOK_SECRET';

/** Takes answers from flags, and asks for the rest. Throws UsageError without a terminal. */
export async function answersTo(
  flags: AnswerFlags,
  ask: Ask | undefined,
  { hasDotenv }: { hasDotenv: boolean },
): Promise<Answers> {
  const asking = flags.yes ? undefined : ask;
  const given = sourceIn(flags);
  if (!flags.yes && !ask && (flags.url === undefined || given === undefined)) {
    throw new UsageError('no terminal to ask on', {
      hint: 'pass --url and --secret-from (development, variable, file or dotenv), or --yes for the defaults',
    });
  }
  const url = flags.url ?? (await askUrl(asking));
  const from = given ?? (await askSource(url, asking));
  if (from === 'development' && !isLoopback(url.hostname)) {
    throw new UsageError(`the development secret is for this machine only, and ${url.origin} is remote`, {
      hint: 'pass --secret-from variable, file or dotenv',
    });
  }
  return { url, secret: await secretFrom(from, flags, { ask: asking, hasDotenv }) };
}

function sourceIn({ secretFrom, secretEnv, secretFile }: AnswerFlags): SecretSource | undefined {
  if (secretFrom !== undefined) return secretFrom;
  if (secretEnv !== undefined) return 'variable';
  return secretFile === undefined ? undefined : 'file';
}

const askUrl = async (ask: Ask | undefined): Promise<URL> =>
  ask
    ? parseTarget(
        await ask.input({
          message: 'Where is your receiver?',
          default: settings.url.default.href,
          problem: problemWith(parseTarget),
        }),
      )
    : settings.url.default;

/** Returns a function that says why `parse` refuses a text. */
const problemWith =
  (parse: (text: string) => unknown) =>
  (text: string): string | undefined => {
    try {
      parse(text);
      return undefined;
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      return [error.message, error.hint].filter(Boolean).join('; ');
    }
  };

async function askSource(url: URL, ask: Ask | undefined): Promise<SecretSource> {
  const choices = (Object.keys(sourceWords) as SecretSource[])
    .filter(source => source !== 'development' || isLoopback(url.hostname))
    .map(value => ({ value, name: sourceWords[value] }));
  if (ask) return ask.select({ message: 'Where is the signing secret?', choices });
  return choices[0]?.value ?? 'variable';
}

const sourceWords: Record<SecretSource, string> = {
  development: 'on this machine only: the development secret, made for you',
  variable: 'in an environment variable',
  file: 'in a file',
  dotenv: 'in a .env file that git ignores',
};

async function secretFrom(
  from: SecretSource,
  { secretEnv, secretFile }: AnswerFlags,
  { ask, hasDotenv }: { ask: Ask | undefined; hasDotenv: boolean },
): Promise<Answers['secret']> {
  switch (from) {
    case 'development':
      return { from };
    case 'variable':
      return { from, name: secretEnv ?? (await askName(ask)) };
    case 'file':
      return { from, path: secretFile ?? (await askPath(ask)) };
    case 'dotenv':
      return { from, ...(!hasDotenv && (await askSecret(ask))) };
  }
}

async function askSecret(ask: Ask | undefined): Promise<{ secret?: string }> {
  const secret = await ask?.secret({ message: 'The secret (press Enter to add it later)' });
  return secret === undefined || secret === '' ? {} : { secret };
}

const askName = async (ask: Ask | undefined): Promise<string> =>
  (await ask?.input({
    message: 'What is the name of the variable?',
    default: usualVariable,
    problem: problemWith(variableName),
  })) ?? usualVariable;

async function askPath(ask: Ask | undefined): Promise<string> {
  if (!ask)
    throw new UsageError('--secret-from file needs --secret-file', {
      hint: 'it names the file that holds the secret',
    });
  return ask.input({ message: 'Where is the file?', problem: problemWith(storedPath) });
}
