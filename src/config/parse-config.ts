import type * as z from 'zod';
import { UnknownNameError, UsageError } from '../errors.js';
import type { Level } from './configuration.js';
import { configSchema, levelOf } from './file-schema.js';
import { positionOf } from './position.js';

/** Checks the text of a configuration file, all of it, whatever is asked for. Throws UsageError. */
export async function parseConfig(text: string, file: string): Promise<{ base: Level; profiles: Map<string, Level> }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text.
    throw new UsageError(`${file}${await positionOf(text)}: isn't JSON`, {
      hint: 'it has to be plain JSON: no comments, and no comma after the last one of a list',
    });
  }
  const result = configSchema.safeParse(json);
  const [issue] = result.error?.issues ?? [];
  if (issue) throw await errorOf(issue, { text, file });
  if (!result.data) throw new Error('The schema neither accepted nor refused the file.');
  const { profiles = {}, ...base } = result.data;
  delete base.$schema;
  return {
    base: levelOf(base),
    profiles: new Map(Object.entries(profiles).map(([name, level]) => [name, levelOf(level)])),
  };
}

async function errorOf(issue: z.core.$ZodIssue, { text, file }: { text: string; file: string }): Promise<UsageError> {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const place = `${file}${await positionOf(text, [...issue.path, key])}`;
    const known = keysAt(issue.path);
    return new UnknownNameError('key', [...issue.path, key].join('.'), {
      ...{ place, known: isSecret(key) ? [] : known.map(name => [...issue.path, name].join('.')) },
      hint: isSecret(key) ? secretHint : `known are ${known.join(', ')}`,
    });
  }
  const subject = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  const hint: unknown = issue.code === 'custom' ? issue.params?.['hint'] : undefined;
  return new UsageError(`${file}${await positionOf(text, issue.path)}: ${subject}${wordsOf(issue)}`, {
    hint: typeof hint === 'string' ? hint : undefined,
  });
}

const wordsOf = ({ code, message }: z.core.$ZodIssue): string => `${code === 'custom' ? ':' : ''} ${message}`;

const isSecret = (key: string): boolean => /secret|password|token|key/i.test(key);

const secretHint = 'a secret never stands in this file: secretFile names a file that holds it, secretEnv a variable';

/** The keys that may stand where `path` leads to. */
function keysAt(path: readonly PropertyKey[]): string[] {
  const { shape } = configSchema;
  const [first, , third] = path;
  const inner = first === 'profiles' ? third : first;
  if (inner === 'listen' || inner === 'check') return Object.keys(shape[inner].unwrap().shape);
  return Object.keys(shape).filter(name => first !== 'profiles' || !['profiles', '$schema'].includes(name));
}
