import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait for a stuck reader after the user asked to stop, in milliseconds. */
const patience = 2000;

/**
 * Waits for `work`, but only until a moment after `stop` is aborted: a stuck reader may block it forever. Returns whether it has
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
