import { InputError, namingSource } from '../../errors.js';
import type { Problem } from '../../event/problem.js';
import { reshape, type Shape } from '../../event/reshape.js';
import { problemWords } from '../../event/problem-words.js';
import type { ShapeFlags } from './flags.js';

/** Applies the flags' changes to an event. Throws InputError if it becomes invalid without `--invalid`. */
export async function shaped(
  body: Uint8Array,
  shape: Shape,
  { invalid }: Pick<ShapeFlags, 'invalid'>,
): Promise<Uint8Array> {
  const { unset, ...others } = shape;
  const changed = namingSource('--set', () => reshape(body, others));
  const result = namingSource('--unset', () => reshape(changed, { unset }));
  // Unchanged events are valid.
  if (result !== body && !invalid) await refuseInvalid(result);
  return result;
}

/** Throws InputError if a body isn't a valid event. */
async function refuseInvalid(body: Uint8Array): Promise<void> {
  const problem = await firstError(body);
  if (!problem) return;
  throw new InputError(`the payload isn't a valid event: ${problemWords(problem)}`, {
    hint: 'add --invalid to send it anyway',
  });
}

export async function firstError(body: Uint8Array): Promise<Problem | undefined> {
  const { loadInspector } = await import('../../event/inspect.js');
  const inspect = await loadInspector();
  return inspect(body).problems.find(({ level }) => level === 'error');
}
