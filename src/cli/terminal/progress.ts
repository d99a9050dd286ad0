import type { Host } from '../host.js';
import type { GlobalFlags } from '../argv/global-flags.js';
import { isUtf8 } from './locale.js';
import { visible } from '../../text/visible.js';

/**
 * One line on standard error that is overwritten each time, and erased before anything else is written. If lines can't
 * be erased, as in a log, it prints one from time to time.
 */
export interface Progress {
  /** `share`: the completed part of the work, from 0 to 1, if known. */
  show: (text: string, share?: number) => void;
  clear: () => void;
}

/** Returns to the first column and erases the line: ECMA-48, CR and EL. */
const erase = '\r\u001b[K';

/** Milliseconds between two lines of a log. */
const logInterval = 10_000;

interface Beginning {
  /** Flushes buffered text, which belongs before the line. */
  push: () => void;
  /** When the work began, in milliseconds of the host's clock. A monotonic one would load a module of Node. */
  begin?: number;
}

/** Silent if text isn't wanted. */
export function createProgress(
  { stderr, env, now }: Pick<Host, 'stderr' | 'env' | 'now'>,
  flags: GlobalFlags,
  { push, begin = now().getTime() }: Beginning,
): Progress {
  if (flags.json || flags.quiet) return silent;
  if (!stderr.isTTY || env['TERM'] === 'dumb') return progressInLog({ stderr, now }, begin);
  let isShown = false;
  return {
    show(text, share) {
      push();
      // A terminal that doesn't know its own width reports 0.
      const room = (stderr.columns || 80) - 1;
      const line = share === undefined ? visible(text) : `${bar(share, env)}  ${visible(text)}`;
      stderr.write(`${erase}${line.slice(0, room)}`);
      isShown = true;
    },
    clear() {
      if (isShown) stderr.write(erase);
      isShown = false;
    },
  };
}

/** In columns. */
const barLength = 20;

function bar(share: number, env: Host['env']): string {
  const [done, open] = isUtf8(env) ? ['━', '─'] : ['#', '.'];
  const length = Math.floor(Math.min(share, 1) * barLength);
  return done.repeat(length) + open.repeat(barLength - length);
}

function progressInLog({ stderr, now }: Pick<Host, 'stderr' | 'now'>, begin: number): Progress {
  let last = begin;
  return {
    show(text) {
      const time = now().getTime();
      if (time - last < logInterval) return;
      last = time;
      stderr.write(`${visible(text)}\n`);
    },
    clear: () => undefined,
  };
}

const silent: Progress = { show: () => undefined, clear: () => undefined };
