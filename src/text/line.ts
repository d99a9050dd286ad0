import type { Style } from './style.js';
import { widthOf } from './width.js';

/** A part of a line. Its text is safe to show. */
export interface Cell {
  text: string;
  paint?: (text: string) => string;
  /** In columns; shorter texts are padded. */
  width?: number;
  /** On a narrow terminal, cells shrink in this order, each down to `least` columns; with 0, a cell disappears. */
  yields?: { order: number; least: number };
}

/** Puts cells side by side, two blanks apart, and shrinks cells until the line fits the terminal. */
export function line(cells: readonly Cell[], { columns, marks }: Style): string {
  const widths = cells.map(({ text, width = 0 }) => Math.max(widthOf(text), width));
  if (lengthOf(widths) > columns) narrow(widths, cells, columns);
  let shown = '';
  for (const [index, { text, paint }] of cells.entries()) {
    const fitted = fit(text, widths[index] ?? 0, marks.cut);
    if (fitted !== '') shown += `${shown === '' ? '' : '  '}${paint ? paint(fitted) : fitted}`;
  }
  return shown.trimEnd();
}

/** Changes `widths`. */
function narrow(widths: number[], cells: readonly Cell[], columns: number): void {
  const yielding = cells.flatMap(({ yields }, index) => (yields ? [{ ...yields, index }] : []));
  for (const { least, index } of yielding.sort((left, right) => left.order - right.order)) {
    const overflow = lengthOf(widths) - columns;
    if (overflow > 0) widths[index] = least === 0 ? 0 : Math.max(least, (widths[index] ?? 0) - overflow);
  }
}

/** Includes the blanks between cells that are shown. */
function lengthOf(widths: readonly number[]): number {
  let length = -2;
  for (const width of widths) if (width > 0) length += width + 2;
  return length;
}

/** Cuts or pads a text to a number of columns. */
export function fit(text: string, width: number, cut: string): string {
  const missing = width - widthOf(text);
  if (missing === 0) return text;
  if (missing > 0) return text + ' '.repeat(missing);
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character + cut) > width) break;
    kept += character;
  }
  if (width === 0) return '';
  // A two-column character may have left one column free.
  return kept + cut + ' '.repeat(width - widthOf(kept + cut));
}
