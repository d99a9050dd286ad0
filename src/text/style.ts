type Paint = (text: string) => string;

/** Colours by meaning; a view never names a colour. */
export interface Style {
  good: Paint;
  bad: Paint;
  warning: Paint;
  faint: Paint;
  strong: Paint;
  /** Every text from outside goes through here on its way to the screen. */
  visible: Paint;
  marks: Marks;
  /** Of the terminal; infinite where there is none. */
  columns: number;
}

export type Marks = Record<'good' | 'bad' | 'warning' | 'none' | 'out' | 'in' | 'again' | 'cut', string>;
