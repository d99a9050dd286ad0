import { once } from 'node:events';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import type { Host } from '../host.js';
import { patiently } from './patience.js';

/** Standard output, which handles a slow reader, a closed pipe and a full disk. */
export interface Output {
  /** Batches text written in the same tick; writes documents of bytes separately. */
  write: (output: string | Uint8Array) => Promise<void>;
  /** Flushes buffered text, so that writes elsewhere come after it. */
  push: () => void;
  /** Aborted when writing has become impossible. */
  gone: AbortSignal;
  /** Waits until everything is written. Throws LocalError if that fails. */
  flush: () => Promise<void>;
}

/** In characters. A write costs about as much as making ten lines, however short it is. */
const mostHeld = 64 * 1024;

/** `stop` is aborted when the user asks the program to stop. */
export function createOutput(stdout: Host['stdout'], stop: AbortSignal): Output {
  const gone = new AbortController();
  stdout.on('error', error => {
    gone.abort(error);
  });

  const waitFor = async (work: Promise<unknown>): Promise<void> => {
    if (await patiently(work, stop)) return;
    // Drop unread output, or the process would wait for its reader.
    gone.abort(isStuck);
    stdout.destroy();
  };

  let held = '';
  // Wait for a full pipe, or a slow reader makes memory grow without limit.
  let drained = Promise.resolve();
  const hand = (output: string | Uint8Array): void => {
    if (gone.signal.aborted || stdout.write(output)) return;
    drained = waitFor(once(stdout, 'drain', { signal: gone.signal }));
  };
  const push = (): void => {
    if (held !== '') hand(held);
    held = '';
  };

  return {
    gone: gone.signal,
    push,
    write(output) {
      if (typeof output !== 'string') {
        push();
        hand(output);
      } else {
        if (held === '') setImmediate(push);
        held += output;
        if (held.length >= mostHeld) push();
      }
      return drained;
    },
    async flush() {
      push();
      if (stdout.writableLength === 0) await nextTurn();
      else if (!gone.signal.aborted) await waitFor(new Promise(resolve => stdout.write('', resolve)));
      const reason: unknown = gone.signal.reason;
      // A reader that closes the pipe (`| head -1`) isn't a failure.
      if (!gone.signal.aborted || reason === isStuck || systemCode(reason) === 'EPIPE') return;
      throw new LocalError(`can't write to standard output: ${systemWords(reason)}`, { cause: reason });
    },
  };
}

/** Even an accepted write may fail, which the stream reports only later. */
const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

const isStuck = Symbol('nobody reads');
