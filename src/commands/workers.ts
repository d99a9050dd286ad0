import type { Help } from '../threads/helper.js';
import type { Ports } from '../contract/command.js';
import type { Task } from './validate/prescan.js';

/** The work that a second thread can do. */
const works = {
  validate: async (task: Task) => (await import('./validate/worker.js')).loadWork(task),
  verify: async () => (await import('./verify/worker.js')).loadWork(),
};

/** Returns how a second thread can help; undefined if there is only one core. `task` is what the work needs to know. */
export const helpWith = (
  work: keyof typeof works,
  task: unknown,
  { environment: { workerScript: script } }: Pick<Ports, 'environment'>,
): Help | undefined => script && { script, task: { work, task } };

/** Does the work for which the first thread started this one. */
export async function work(): Promise<void> {
  const { serve } = await import('../threads/serve.js');
  await serve(works);
}
