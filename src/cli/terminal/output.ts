import { once } from 'node:events';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import type { Host } from '../host.js';
import { patiently } from './patience.js';

/** Standard output, with what can go wrong there: a slow reader, one that has seen enough, a full disk. */
export interface Output {
  /** Text that comes at once is written at once, a moment later; documents of bytes alone. */
  write: (output: string | Uint8Array) => Promise<void>;
  /** Writes what is still held, so that what goes elsewhere comes after it. */
  push: () => void;
  /** Aborted when nothing can be written any more. */
  gone: AbortSignal;
  /** Waits until everything is written. Throws LocalError when it couldn't be. */
  flush: () => Promise<void>;
}

/** In characters. A write costs about as much as the making of ten lines, however little it writes. */
const mostHeld = 64 * 1024;

/** `stop` is aborted when the user asks the program to stop. */
export function createOutput(stdout: Host['stdout'], stop: AbortSignal): Output {
  const gone = new AbortController();
  stdout.on('error', error => {
    gone.abort(error);
  });

  const waitFor = async (work: Promise<unknown>): Promise<void> => {
    if (await patiently(work, stop)) return;
    // What nobody takes is dropped, or the process would wait for it.
    gone.abort(isStuck);
    stdout.destroy();
  };

  let held = '';
  // A full pipe must be waited for, or a slow reader makes memory grow without end.
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
      // A reader that has seen enough (`| head -1`) is no failure.
      if (!gone.signal.aborted || reason === isStuck || systemCode(reason) === 'EPIPE') return;
      throw new LocalError(`can't write to standard output: ${systemWords(reason)}`, { cause: reason });
    },
  };
}

/** Even a write that was accepted at once may have failed, and the stream reports that only then. */
const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

const isStuck = Symbol('nobody reads');
