type Paint = (text: string) => string;

/** Colours by meaning; a view never names a colour. */
export interface Style {
  good: Paint;
  bad: Paint;
  warning: Paint;
  faint: Paint;
  strong: Paint;
  /** Makes text from outside safe to show; all of it has to go through here. */
  visible: Paint;
  marks: Marks;
  /** The width of the terminal; infinite without one. */
  columns: number;
}

export type Marks = Record<'good' | 'bad' | 'warning' | 'none' | 'out' | 'in' | 'again' | 'cut' | 'bar', string>;
