import { emitKeypressEvents } from 'node:readline';
import type { Host } from '../host.js';
import type { JobSignal } from '../jobs.js';

/** What the terminal itself makes of Ctrl-C, Ctrl-Z and Ctrl-\, unless somebody reads them one by one. */
const signals: Partial<Record<string, JobSignal>> = { '\u0003': 'SIGINT', '\u001a': 'SIGTSTP', '\u001c': 'SIGQUIT' };

/** Reads single keys until the function that it returns is called, or `signal` is aborted. Undefined if they are the shell's. */
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
    // The shell has set the terminal as it likes it, if this process isn't in front any more.
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
  // Before anything else ends: the next Ctrl-C is the terminal's own again.
  signal.addEventListener('abort', stop);
  emitKeypressEvents(stdin);
  stdin.on('keypress', heed);
  take();
  return stop;
}
