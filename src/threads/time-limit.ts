import { createContext, Script } from 'node:vm';

/** Runs work in this thread for a limited time. */
export interface TimeLimit {
  /**
   * Returns what `work` returns, or `too-slow` after that many milliseconds. Within other limited work, only the outer
   * limit applies.
   */
  run: <Result>(milliseconds: number, work: () => Result) => Result | 'too-slow';
}

const script = new Script('work()');

/**
 * Ends work at any point, even within a regular expression: none of it runs afterwards, not even `finally`. So work
 * must leave nothing half done that is used again. A call takes a tenth of a millisecond.
 */
export function createTimeLimit(): TimeLimit {
  const scope: { work?: () => void } = {};
  const context = createContext(scope);
  let isLimited = false;
  return {
    run<Result>(milliseconds: number, work: () => Result) {
      if (isLimited) return work();
      const results: Result[] = [];
      scope.work = () => {
        results.push(work());
      };
      isLimited = true;
      try {
        script.runInContext(context, { timeout: Math.ceil(milliseconds) });
        return results[0] as Result;
      } catch (error) {
        if (isTimeout(error)) return 'too-slow';
        throw error;
      } finally {
        isLimited = false;
      }
    },
  };
}

/** The error comes from the other context, so it isn't an instance of this one's Error. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
