/** How long searches for causes may take. All times are in milliseconds. */
export interface SearchLimits {
  /** For one search. */
  each: number;
  /** For all of them; with a `share`, for those that come in quick succession. */
  total: number;
  /** The part of the time that goes by which is given back: 0.05 allows 3 s of each minute. Nothing is, if it isn't given. */
  share?: number;
}

/** The time that is left to search for causes. */
export interface SearchBudget {
  /** Begins a search, if there is time left. A search may overdraw the budget, but not by more than its own limit. */
  begin: () => Search | undefined;
}

export interface Search {
  /** Whether its time is up. */
  isOver: () => boolean;
  /** Charges the budget with the time that the search has taken. */
  end: () => void;
}

/** Searches end by themselves. */
export const unlimited: SearchBudget = { begin: () => ({ isOver: () => false, end: () => undefined }) };

/** `elapsed` counts milliseconds from any moment. */
export function createSearchBudget(
  { each, total, share = 0 }: SearchLimits,
  elapsed: () => number = () => performance.now(),
): SearchBudget {
  let [left, counted] = [total, elapsed()];
  return {
    begin() {
      const start = elapsed();
      left = Math.min(total, left + (start - counted) * share);
      counted = start;
      if (left <= 0) return undefined;
      return {
        isOver: () => elapsed() - start >= each,
        end: () => {
          left -= elapsed() - start;
        },
      };
    },
  };
}
