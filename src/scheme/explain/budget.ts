/** The time limits of searches for causes. All times are in milliseconds. */
export interface SearchLimits {
  /** For one search. */
  each: number;
  /** For all searches; with a `share`, for those in quick succession. */
  total: number;
  /** The share of elapsed time that refills the budget: 0.05 allows 3 s of each minute. Default: none. */
  share?: number;
}

/** The time left to search for causes. */
export interface SearchBudget {
  /** Starts a search if there is time left. A search may overdraw the budget, but by no more than its own limit. */
  begin: () => Search | undefined;
}

/** A budget with an end. */
export interface LimitedBudget extends SearchBudget {
  /** The milliseconds left. */
  left: () => number;
}

export interface Search {
  /** Whether its time is up. */
  isOver: () => boolean;
  /** Charges the search's time to the budget. */
  end: () => void;
}

/** Searches end on their own. */
export const unlimited: SearchBudget = { begin: () => ({ isOver: () => false, end: () => undefined }) };

/** `elapsed` counts milliseconds from an arbitrary moment. */
export function createSearchBudget(
  { each, total, share = 0 }: SearchLimits,
  elapsed: () => number = () => performance.now(),
): LimitedBudget {
  let [left, counted] = [total, elapsed()];
  return {
    left: () => Math.max(0, left),
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
