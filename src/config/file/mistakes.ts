import type * as z from 'zod/mini';
import { UnknownNameError, UsageError } from '../../errors.js';
import { flawIn } from '../../json/flaw.js';
import { lineColumnFinder } from '../../json/line-column.js';
import { readJsonText, type Loss, type Path, type Span } from '../../json/text.js';
import { definitionKeysAt } from '../../scheme/definition-schema.js';
import { nearestName } from '../../text/nearest.js';
import { groups, keysOf } from '../settings.js';

interface Given {
  text: string;
  /** Its name to show. */
  file: string;
}

/** A mistake in the file. */
interface Mistake {
  span: Span;
  /** Called only for reported mistakes. `place`: the file, line and column. */
  errorAt: (place: string) => UsageError;
}

/** The maximum number to report at once. */
const most = 10;

export function notJson(text: string, file: string): UsageError {
  const { words, span } = flawIn(text);
  const { line, column } = lineColumnFinder(text)(span);
  return new UsageError(`${file}:${line}:${column}: isn't JSON${words === undefined ? '' : `: ${words}`}`, {
    hint: 'it must be plain JSON: no comments and no trailing commas',
  });
}

/**
 * Throws UsageError if there are mistakes: those found by the schema and those visible only in the text, in the order
 * of the file.
 */
export function refuseMistakes(issues: readonly z.core.$ZodIssue[], { text, file }: Given): void {
  const { spanOf, lost } = readJsonText(text);
  const mistakes = [
    ...issues.flatMap(issue => mistakesOf(issue, path => spanOf(path, 'key'))),
    ...lost().flatMap(loss => repeatedKey(loss, text)),
  ].sort((left, right) => left.span.start - right.span.start);
  const placeOf = lineColumnFinder(text);
  const errors = mistakes.slice(0, most).map(({ span, errorAt }) => {
    const { line, column } = placeOf(span);
    return errorAt(`${file}:${line}:${column}`);
  });
  const [first, ...others] = errors;
  if (!first) return;
  if (others.length === 0) throw first;
  const omitted = mistakes.length > most ? `; these are the first ${most}` : '';
  throw new UsageError(`${file} has ${mistakes.length} mistakes${omitted}`, { parts: errors });
}

function mistakesOf(issue: z.core.$ZodIssue, spanOf: (path: Path) => Span): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      span: spanOf([...path, key]),
      errorAt: place => unknownKey(key, path, place),
    }));
  return [{ span: spanOf(path), errorAt: place => refused(issue, place) }];
}

function refused(issue: z.core.$ZodIssue, place: string): UsageError {
  const { code, path, message } = issue;
  const hint: unknown = code === 'custom' ? issue.params?.['hint'] : undefined;
  const subject = `${path.length === 0 ? 'the file' : path.join('.')}${code === 'custom' ? ':' : ''}`;
  return new UsageError(`${place}: ${subject} ${message}`, { hint: typeof hint === 'string' ? hint : undefined });
}

function unknownKey(key: string, path: Path, place: string): UsageError {
  const known = keysAt(path);
  const name = [...path, key].join('.');
  if (!known) return new UsageError(`${place}: "${name}" can't have this name`, { hint: 'use another name' });
  // "keys" is meant for "key", but "secret" holds a secret.
  const isAboutSecret = isSecret(key) && !isSecret(nearestName(key, known) ?? '');
  return new UnknownNameError('key', name, {
    place,
    known: isAboutSecret ? [] : known.map(other => [...path, other].join('.')),
    hint: isAboutSecret ? secretHint : `known keys: ${known.join(', ')}`,
  });
}

function repeatedKey(loss: Loss, text: string): Mistake[] {
  if (loss.kind !== 'duplicate-key') return [];
  const { path, span, first } = loss;
  return [{ span, errorAt: place => isThereAlready(path, { place, line: lineColumnFinder(text)(first).line }) }];
}

const isThereAlready = (path: Path, { place, line }: { place: string; line: number }): UsageError =>
  new UsageError(`${place}: "${path.join('.')}" is already set in line ${line}`, { hint: 'remove one of the two' });

const isSecret = (key: string): boolean => /secret|password|token|key/i.test(key);

const secretHint = 'never put a secret in this file: secretFile names a file that holds it, secretEnv a variable';

/** Returns the possible keys at `path`; undefined if users choose the names. */
function keysAt(path: Path): string[] | undefined {
  const [first, , third] = path;
  const isProfile = first === 'profiles';
  const inner = isProfile ? third : first;
  if (inner === 'headers' || (isProfile && path.length === 1)) return undefined;
  if (inner === 'schemes') return keysOfScheme(path.slice(isProfile ? 3 : 1));
  if (typeof inner === 'string' && groups.includes(inner)) return keysOf(inner);
  return isProfile ? keysOf() : ['$schema', ...keysOf(), 'profiles'];
}

/** `place`: the scheme's name, which is the user's own, and the path in its definition. */
const keysOfScheme = ([name, ...place]: Path): string[] | undefined =>
  name === undefined ? undefined : definitionKeysAt(place);
