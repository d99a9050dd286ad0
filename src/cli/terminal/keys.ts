import { emitKeypressEvents } from 'node:readline';
import type { Host } from '../host.js';
import type { JobSignal } from '../jobs.js';

/** Ctrl-C, Ctrl-Z and Ctrl-\, which the terminal handles unless a program reads single keys. */
const signals: Partial<Record<string, JobSignal>> = { '\u0003': 'SIGINT', '\u001a': 'SIGTSTP', '\u001c': 'SIGQUIT' };

/** Reads single keys until the returned function is called or `signal` is aborted. Undefined if they belong to the shell. */
export async function heedKeys(
  press: (key: string) => void,
  { stdin, jobs: findJobs }: Pick<Host, 'stdin' | 'jobs'>,
  signal: AbortSignal,
): Promise<(() => void) | undefined> {
  const jobs = await findJobs?.();
  if (!jobs?.isInFront() || !stdin.readable || signal.aborted) return undefined;
  let isTaken = false;
  const take = () => {
    isTaken = jobs.isInFront();
    if (!isTaken) return;
    stdin.setRawMode?.(true);
    stdin.resume();
  };
  const giveBack = () => {
    if (!isTaken) return;
    isTaken = false;
    stdin.pause();
    // In the background, leave the terminal's settings to the shell.
    if (jobs.isInFront()) stdin.setRawMode?.(false);
  };
  const heed = (key: string | undefined) => {
    const raised = signals[key ?? ''];
    if (raised) {
      giveBack();
      jobs.raise(raised);
    } else if (key !== undefined) press(key);
  };
  const stopWatching = jobs.onContinued(take);
  const stop = () => {
    stopWatching();
    signal.removeEventListener('abort', stop);
    stdin.off('keypress', heed);
    giveBack();
  };
  // Restore first, so that the terminal itself handles the next Ctrl-C.
  signal.addEventListener('abort', stop);
  emitKeypressEvents(stdin);
  stdin.on('keypress', heed);
  take();
  return stop;
}
