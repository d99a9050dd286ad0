import type { Help } from '../threads/helper.js';
import type { SharedTask } from '../exchange/check-entry.js';
import type { Ports } from '../contract/command.js';
import type { Task } from './validate/prescan.js';

/** The tasks a second thread can do. */
const works = {
  validate: async (task: Task) => (await import('./validate/worker.js')).loadWork(task),
  verify: async (task: SharedTask) => (await import('./verify/worker.js')).loadWork(task),
};

/** Returns a second thread for the work; undefined if there is only one core. `task` returns the input of the work. */
export const helpWith = (
  work: keyof typeof works,
  task: () => unknown,
  { environment: { workerScript: script, aimHeapsAt } }: Pick<Ports, 'environment'>,
): Help | undefined => script && { script, task: () => ({ work, task: task() }), aimHeapsAt };

/** Does the work that the main thread started this one for. */
export async function work(): Promise<void> {
  const { serve } = await import('../threads/serve.js');
  await serve(works);
}
