type Paint = (text: string) => string;

/** Colours by meaning; a view never names a colour. */
export interface Style {
  good: Paint;
  bad: Paint;
  warning: Paint;
  faint: Paint;
  strong: Paint;
  /** Makes a text from outside safe to show; every one of them has to go through here. */
  visible: Paint;
  marks: Marks;
  /** The width of the terminal; infinite where there is none. */
  columns: number;
}

export type Marks = Record<'good' | 'bad' | 'warning' | 'none' | 'out' | 'in' | 'again' | 'cut' | 'bar', string>;
