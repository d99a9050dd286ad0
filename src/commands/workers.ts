import type { Help } from '../threads/helper.js';
import type { Ports } from './command.js';

/** The kinds of work for a second thread. */
const works = {
  validate: async () => (await import('./validate/worker.js')).loadWork(),
  verify: () => import('./verify/worker.js'),
};

/** Describes a second thread that shares long work; undefined if there is no core for one. `task` is what it has to know. */
export const helpWith = (
  work: keyof typeof works,
  task: unknown,
  { environment: { workerScript: script } }: Pick<Ports, 'environment'>,
): Help | undefined => script && { script, task: { work, task } };

/** Serves the thread that started this one. */
export async function work(): Promise<void> {
  const { serve } = await import('../threads/serve.js');
  await serve(works);
}
