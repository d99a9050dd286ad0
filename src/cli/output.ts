import { once } from 'node:events';
import { LocalError, systemCode } from '../errors.js';
import type { Host } from './host.js';

/** Standard output, with what can go wrong there: a slow reader, one that has seen enough, a full disk. */
export interface Output {
  write: (output: string | Uint8Array) => Promise<void>;
  /** Waits until everything is written. Throws LocalError when it couldn't be. */
  flush: () => Promise<void>;
}

export function createOutput(stdout: Host['stdout']): Output {
  const gone = new AbortController();
  stdout.on('error', error => {
    gone.abort(error);
  });
  return {
    async write(output) {
      if (gone.signal.aborted || stdout.write(output)) return;
      // A full pipe must be waited for, or a slow reader makes memory grow without end.
      await once(stdout, 'drain', { signal: gone.signal }).catch(() => undefined);
    },
    async flush() {
      if (!gone.signal.aborted) await new Promise(resolve => stdout.write('', resolve));
      const reason: unknown = gone.signal.reason;
      // A reader that has seen enough (`| head -1`) is no failure.
      if (!gone.signal.aborted || systemCode(reason) === 'EPIPE') return;
      throw new LocalError(`can't write to standard output (${systemCode(reason)})`, { cause: reason });
    },
  };
}
