import type { Host } from '../host.js';
import { patiently } from './patience.js';

/** What goes to standard error: failures and warnings. Those that a slow reader leaves no room for are counted. */
export interface Notices {
  /** Calls `write`, unless too much waits for the reader already. */
  add: (write: () => void) => void;
  /** Waits until the reader has taken everything, or until a moment after the user asked to stop. */
  flush: () => Promise<void>;
}

/** In bytes. */
const mostHeld = 1024 * 1024;

/** `tell` writes how many notices were left out. */
export function createNotices(stderr: Host['stderr'], stop: AbortSignal, tell: (omitted: number) => void): Notices {
  let omitted = 0;
  const tellOmitted = (): void => {
    if (omitted > 0) tell(omitted);
    omitted = 0;
  };
  const drained = async (): Promise<boolean> =>
    stderr.writableLength === 0 || patiently(new Promise(resolve => stderr.write('', resolve)), stop);
  return {
    add(write) {
      if (stderr.writableLength > mostHeld) {
        if (omitted === 0) stderr.once('drain', tellOmitted);
        omitted += 1;
      } else write();
    },
    async flush() {
      if (!(await drained()) || omitted === 0) return;
      tellOmitted();
      await drained();
    },
  };
}
