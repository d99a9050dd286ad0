import type { Style } from '../../contract/command.js';
import { fit } from '../../text/line.js';
import { widthOf } from '../../text/width.js';

/** The columns for terminals of at least this width. Nothing else affects the widths, so columns stay aligned. */
interface Layout<Column> {
  least: number;
  columns: readonly (readonly [column: Column, width: number])[];
}

/** A table whose lines share fixed columns. */
export interface Table<Column extends string, Row> {
  /** The widest first; the last one fits any terminal. */
  layouts: readonly Layout<Column>[];
  /** In a pipe nothing is cut: longer texts shift what follows. */
  piped: Layout<Column>['columns'];
  /** The texts are safe to show. */
  texts: Readonly<Record<Column, (row: Row, cutting: Cutting) => string>>;
  /** A column without one is shown as it is. */
  paints: Readonly<Partial<Record<Column, Paint<Row>>>>;
}

type Paint<Row> = (row: Row, style: Style) => (text: string) => string;

/** The space for a text. */
export interface Cutting {
  style: Style;
  width: number;
  isPiped: boolean;
}

export function tableLine<Column extends string, Row>(table: Table<Column, Row>, row: Row, style: Style): string {
  const isPiped = !Number.isFinite(style.columns);
  const columns = isPiped ? table.piped : layoutFor(style.columns, table);
  const paints: Partial<Record<string, Paint<Row>>> = table.paints;
  let [shown, gap] = ['', 0];
  for (const [column, width] of columns) {
    const text = fitted(table.texts[column](row, { style, width, isPiped }), { style, width, isPiped });
    if (text === '') continue;
    const words = text.trimEnd();
    // Padding is written only if something follows, and has no colour.
    if (words !== '') shown += ' '.repeat(gap) + (paints[column]?.(row, style)(words) ?? words);
    gap = (words === '' ? gap : 0) + text.length - words.length + 2;
  }
  return shown;
}

const fitted = (text: string, { style, width, isPiped }: Cutting): string =>
  isPiped && widthOf(text) >= width ? text : fit(text, width, style.marks.cut);

const layoutFor = <Column extends string, Row>(columns: number, { layouts }: Table<Column, Row>) =>
  layouts.find(({ least }) => least <= columns)?.columns ?? [];

/** Hours, minutes and seconds in the user's time zone. */
export const clockTime = (time: Date): string =>
  [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');

export const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** `12 ms`, `1.2 s`, `85 s`: at most six columns. */
export function spanText(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  if (whole < 1000) return `${whole} ms`;
  return whole < 100_000 ? `${(whole / 1000).toFixed(1)} s` : `${Math.min(9999, Math.round(whole / 1000))} s`;
}
