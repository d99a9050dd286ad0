import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSearchBudget } from '../scheme/explain/budget.js';
import type { Diagnosis, KnownSecrets } from '../scheme/explain/diagnose.js';
import type { Scheme } from '../scheme/scheme.js';
import type { AnsweredEvent } from './events.js';

/** In bytes. Larger bodies would keep the receiver busy for more than a few milliseconds. */
const largestBody = 64 * 1024;

/** A search keeps others waiting for up to 100 ms, and all of them for at most 3 % of the time. */
const searchLimits = { each: 100, total: 100, share: 0.03 };

/** How many searches may wait for their turn. */
const mostWaiting = 16;

/** Looks for the causes of bad signatures, and never for so long that strangers could keep the receiver busy. */
export interface Investigator {
  /** Undefined at once if there is nothing to look for, or no time; and later if there is no cause that it knows. */
  investigate: (event: AnsweredEvent) => Promise<Diagnosis | undefined> | undefined;
  /** How many bad signatures it hadn't the time for. */
  unsearched: () => number;
}

/** It loads what it needs when the first signature is bad. `elapsed` counts milliseconds from any moment. */
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
      // One in each turn, so that requests are answered in between.
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
