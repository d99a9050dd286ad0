import { InputError, namingSource } from '../../errors.js';
import type { Problem } from '../../event/problem.js';
import { reshape, type Shape } from '../../event/reshape.js';
import { problemWords } from '../views/problem-words.js';
import type { ShapeFlags } from './flags.js';

/** An event as the user wants it; one that fits no schema only if that is wanted. Throws InputError. */
export async function shaped(
  body: Uint8Array,
  shape: Shape,
  { invalid }: Pick<ShapeFlags, 'invalid'>,
): Promise<Uint8Array> {
  const result = namingSource('--set', () => reshape(body, shape));
  // What nobody touched is valid by its making.
  if (result !== body && !invalid) await refuseInvalid(result);
  return result;
}

/** Throws InputError for what is no event. */
export async function refuseInvalid(body: Uint8Array): Promise<void> {
  const problem = await firstError(body);
  if (!problem) return;
  throw new InputError(`the payload isn't a valid event: ${problemWords(problem)}`, {
    hint: 'add --invalid to send it all the same',
  });
}

export async function firstError(body: Uint8Array): Promise<Problem | undefined> {
  const { inspect } = await import('../../event/inspect.js');
  return inspect(body).problems.find(({ level }) => level === 'error');
}
