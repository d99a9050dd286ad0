/** A documented status. */
export interface Status {
  name: string;
  /** Where Fin tells. */
  meaning?: string;
}

/** Statuses of which no more than their names is documented. */
export const named = (...names: readonly string[]): readonly Status[] => names.map(name => ({ name }));
