import { once } from 'node:events';
import type { Report, Show } from '../commands/command.js';
import { LocalError, systemCode } from '../errors.js';
import type { GlobalFlags } from './parse.js';
import type { Host } from './host.js';
import { createStyle } from './style.js';
import { visible } from './visible.js';

export interface Printer {
  show: Show;
  /** Waits until everything is written. Throws LocalError when the disk behind standard output was full. */
  flush: () => Promise<void>;
}

/** Shows each report on standard output: as one line of JSON, in words, or as the bytes of a document. */
export function createPrinter({ stdout, env }: Pick<Host, 'stdout' | 'env'>, flags: GlobalFlags): Printer {
  const style = createStyle(stdout, env, flags.color);
  const gone = new AbortController();
  stdout.on('error', error => {
    gone.abort(error);
  });

  const write = async (output: string | Uint8Array): Promise<void> => {
    if (gone.signal.aborted || stdout.write(output)) return;
    // A full pipe must be waited for, or a slow reader makes memory grow without end.
    await once(stdout, 'drain', { signal: gone.signal }).catch(() => undefined);
  };

  return {
    async show(report, view) {
      const output = flags.json ? jsonLine(report) : view(style);
      if (typeof output !== 'string') return write(output);
      return flags.quiet ? undefined : write(`${output}\n`);
    },
    async flush() {
      if (!gone.signal.aborted) await new Promise(resolve => stdout.write('', resolve));
      // A reader that has seen enough (`| head -1`) is no failure.
      const reason: unknown = gone.signal.reason;
      if (!gone.signal.aborted || systemCode(reason) === 'EPIPE') return;
      throw new LocalError(`can't write to standard output (${systemCode(reason)})`, { cause: reason });
    },
  };
}

const jsonLine = (report: Report): string => visible(JSON.stringify(report));
