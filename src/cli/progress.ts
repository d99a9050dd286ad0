import type { Host } from './host.js';
import type { GlobalFlags } from './parse.js';
import { visible } from './visible.js';

/** One line on standard error that is written anew each time, and gone before anything else is written. */
export interface Progress {
  show: (text: string) => void;
  clear: () => void;
}

/** Back to the first column, and away with what stands there: ECMA-48, CR and EL. */
const erase = '\r\u001b[K';

/** Silent where standard error is no terminal that understands it, or where words aren't wanted. */
export function createProgress({ stderr, env }: Pick<Host, 'stderr' | 'env'>, flags: GlobalFlags): Progress {
  if (!stderr.isTTY || env['TERM'] === 'dumb' || flags.json || flags.quiet) return silent;
  let isShown = false;
  return {
    show(text) {
      const room = (stderr.columns ?? 80) - 1;
      stderr.write(`${erase}${visible(text).slice(0, room)}`);
      isShown = true;
    },
    clear() {
      if (isShown) stderr.write(erase);
      isShown = false;
    },
  };
}

const silent: Progress = { show: () => undefined, clear: () => undefined };
