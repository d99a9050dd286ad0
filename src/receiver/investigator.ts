import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSearchBudget } from '../scheme/explain/budget.js';
import type { Diagnosis, KnownSecrets } from '../scheme/explain/diagnose.js';
import type { Scheme } from '../scheme/scheme.js';
import type { AnsweredEvent } from './events.js';

/** In bytes. Larger bodies would keep the receiver busy for more than a few milliseconds. */
const largestBody = 64 * 1024;

/** One search blocks requests for up to 100 ms, and all searches for at most 3 % of the time. */
const searchLimits = { each: 100, total: 100, share: 0.03 };

/** The maximum number of queued searches. */
const mostWaiting = 16;

/** Finds the causes of bad signatures, in limited time, so that strangers can't keep the receiver busy. */
export interface Investigator {
  /** Returns undefined if there is nothing to search for or no time; resolves to undefined if no known cause fits. */
  investigate: (event: AnsweredEvent) => Promise<Diagnosis | undefined> | undefined;
  /** The number of bad signatures that there was no time for. */
  unsearched: () => number;
}

/** Loads its code at the first bad signature. `elapsed` counts milliseconds from an arbitrary moment. */
export function createInvestigator(scheme: Scheme, secrets: KnownSecrets, elapsed?: () => number): Investigator {
  const budget = createSearchBudget(searchLimits, elapsed);
  let [waiting, unsearched] = [0, 0];
  let turn = Promise.resolve();

  const search = async (request: AnsweredEvent['request']): Promise<Diagnosis | undefined> => {
    const { diagnoseWithin, isUnsearched } = await import('../scheme/explain/diagnose.js');
    const diagnosis = diagnoseWithin(budget)(request, secrets, scheme);
    if (diagnosis && isUnsearched(diagnosis)) unsearched += 1;
    return diagnosis?.found ? diagnosis : undefined;
  };

  return {
    unsearched: () => unsearched,
    investigate({ request, assessment: { signature } }) {
      if (signature?.valid !== false || request.flaw !== undefined) return undefined;
      if (request.body.length > largestBody || waiting >= mostWaiting) {
        unsearched += 1;
        return undefined;
      }
      waiting += 1;
      // One per turn of the event loop, so that requests get their responses in between.
      const found = turn
        .then(() => nextTurn())
        .then(() => search(request))
        .finally(() => {
          waiting -= 1;
        });
      turn = found.then(
        () => undefined,
        () => undefined,
      );
      return found;
    },
  };
}
