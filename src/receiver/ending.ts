/**
 * The moment when a server begins to close. Thousands of responses may wait for it, and an AbortSignal is slower to
 * remove a listener the more it has.
 */
export interface Ending {
  hasBegun: () => boolean;
  /** Calls `hurry` when it begins. Returns a function that cancels this. */
  wait: (hurry: () => void) => () => void;
  begin: () => void;
}

export function createEnding(): Ending {
  const waiting = new Set<() => void>();
  let hasBegun = false;
  return {
    hasBegun: () => hasBegun,
    wait(hurry) {
      waiting.add(hurry);
      return () => {
        waiting.delete(hurry);
      };
    },
    begin() {
      hasBegun = true;
      for (const hurry of waiting) hurry();
      waiting.clear();
    },
  };
}
