import type { Host } from './host.js';
import type { GlobalFlags } from './parse.js';

/** How far a long run has come: on standard error, and for a person alone. */
export interface Progress {
  show: (done: number, asked: number) => void;
  /** Takes the line away, so that something else can be written in its place. */
  clear: () => void;
}

/** Milliseconds between two lines where they can't be taken back, as in a log. */
const logInterval = 10_000;

const [toLineStart, eraseLine] = ['\r', '\u001B[K'];

/** On a terminal one line that changes; elsewhere a line now and then. Nothing with `--quiet` and `--json`. */
export function createProgress(
  { stderr, env }: Pick<Host, 'stderr' | 'env'>,
  { quiet, json }: GlobalFlags,
  begin = performance.now(),
): Progress {
  if (quiet || json) return { show: () => undefined, clear: () => undefined };
  const isLive = stderr.isTTY === true && env['TERM'] !== 'dumb';
  let isShown = false;
  let last = begin;
  return {
    show(done, asked) {
      const now = performance.now();
      const perSecond = Math.round((done / (now - begin)) * 1000);
      const words = `${grouped(done)} of ${grouped(asked)}, ${grouped(perSecond)} a second`;
      if (isLive) stderr.write(`${toLineStart}${words}${eraseLine}`);
      else if (now - last >= logInterval) {
        stderr.write(`${words}\n`);
        last = now;
      }
      isShown = isLive;
    },
    clear() {
      if (isShown) stderr.write(`${toLineStart}${eraseLine}`);
      isShown = false;
    },
  };
}

const grouped = (count: number): string => count.toLocaleString('en');
