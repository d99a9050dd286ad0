import type { Host } from '../host.js';
import { patiently } from './patience.js';

/** Failures and warnings on standard error. Counts those dropped for a slow reader. */
export interface Notices {
  /** Calls `write`, unless too much is already waiting for the reader. */
  add: (write: () => void) => void;
  /** Waits until the reader has taken everything, or until a moment after the user asked to stop. */
  flush: () => Promise<void>;
}

/** In bytes. */
const mostHeld = 1024 * 1024;

/** `tell` writes the number of dropped notices. */
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
