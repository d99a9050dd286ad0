import type { Help } from '../threads/helper.js';
import type { Ports } from './command.js';

/** What workers can do. */
const works = {
  validate: () => import('./validate/worker.js'),
  verify: () => import('./verify/worker.js'),
};

/** Who does a part of a long work beside this thread, if anybody does. `task` is what has to be known for it. */
export const helpWith = (
  work: keyof typeof works,
  task: unknown,
  { environment: { workerScript: script } }: Pick<Ports, 'environment'>,
): Help | undefined => script && { script, task: { work, task } };

/** Does what the thread that started this one asks for. */
export async function work(): Promise<void> {
  const { serve } = await import('../threads/serve.js');
  await serve(works);
}
