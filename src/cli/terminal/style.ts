import { Chalk } from 'chalk';
import type { Marks, Style } from '../../text/style.js';
import type { Host, Stream } from '../host.js';
import { isUtf8 } from './locale.js';
import { visible } from '../../text/visible.js';

const unicode: Marks = {
  good: '✔',
  bad: '✘',
  warning: '⚠',
  none: '–',
  out: '→',
  in: '←',
  again: '↻',
  cut: '…',
  bar: '█',
};
const ascii: Marks = {
  good: '+',
  bad: 'x',
  warning: '!',
  none: '-',
  out: '->',
  in: '<-',
  again: '~>',
  cut: '...',
  bar: '#',
};

/** How text looks on `stream`. `isColoured` is set by `--color` or `--no-color`, if given. */
export function createStyle(stream: Stream, env: Host['env'], isColoured: boolean | undefined): Style {
  const level = (isColoured ?? wantsColour(stream, env)) ? 1 : 0;
  // Left alone, chalk reads the process's flags and ignores NO_COLOR, so pass it the level.
  const { green, red, yellow, dim, bold } = new Chalk({ level });
  return {
    good: green,
    bad: red,
    warning: yellow,
    faint: dim,
    strong: bold,
    visible,
    marks: isUtf8(env) ? unicode : ascii,
    // A terminal's width may change at any time.
    get columns() {
      // A terminal that doesn't know its own width reports 0.
      return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY;
    },
  };
}

/** https://no-color.org and https://force-color.org; the latter wins, as in Node itself. */
function wantsColour(stream: Stream, env: Host['env']): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && !refused && terminal !== 'dumb';
}
