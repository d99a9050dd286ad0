import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a reader that takes nothing is waited for once the user asked to stop, in milliseconds. */
const patience = 2000;

/**
 * Waits for `work`, which a reader may never let finish: until a moment after `stop` is aborted. Returns whether it has
 * finished, or failed.
 */
export async function patiently(work: Promise<unknown>, stop: AbortSignal): Promise<boolean> {
  const done = new AbortController();
  const { signal } = done;
  const impatience = async (): Promise<boolean> => {
    if (!stop.aborted) await once(stop, 'abort', { signal });
    await sleep(patience, undefined, { signal });
    return false;
  };
  const isDone = await Promise.race([work.then(() => true), impatience()]).catch(() => true);
  done.abort();
  return isDone;
}
