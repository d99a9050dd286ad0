import stringWidth from 'string-width';
import type { Style } from './command.js';

/** A part of a line. Its text is safe to show. */
export interface Cell {
  text: string;
  paint?: (text: string) => string;
  /** Columns to fill up to. */
  width?: number;
  /** On a terminal that is too narrow, the cell gives way down to so many columns; at 0 it vanishes. */
  least?: number;
}

/** Puts cells side by side, two blanks apart. Where the terminal is too narrow, they give way from the last to the first. */
export function line(cells: readonly Cell[], { columns, marks }: Style): string {
  const widths = cells.map(({ text, width = 0 }) => Math.max(stringWidth(text), width));
  for (const [index, { least }] of [...cells.entries()].reverse()) {
    const overflow = lengthOf(widths) - columns;
    if (least === undefined || overflow <= 0) continue;
    widths[index] = Math.max(least, (widths[index] ?? 0) - overflow);
  }
  return cells
    .map(({ text, paint = same }, index) => ({ text: fit(text, widths[index] ?? 0, marks.cut), paint }))
    .filter(({ text }) => text !== '')
    .map(({ text, paint }) => paint(text))
    .join('  ')
    .trimEnd();
}

const same = (text: string): string => text;

const lengthOf = (widths: readonly number[]): number => {
  const shown = widths.filter(width => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + 2 * (shown.length - 1);
};

function fit(text: string, width: number, cut: string): string {
  const missing = width - stringWidth(text);
  if (missing >= 0) return text + ' '.repeat(missing);
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character + cut) > width) break;
    kept += character;
  }
  return width === 0 ? '' : kept + cut;
}
