import { UnknownNameError, UsageError } from '../errors.js';
import { groups, isObservation, type Case } from './case.js';
import { cases } from './cases/index.js';
import type { Selection } from './run-cases.js';

export interface SelectionFlags {
  /** Ids and groups. */
  only?: readonly string[] | undefined;
  skip?: readonly string[] | undefined;
}

/** What is delivered for the cases that only watch, when no other is chosen. */
const leastDeliveries = ['valid', 'unsigned', 'tampered'];

/** Throws UnknownNameError, and UsageError when no case is left. */
export function selectCases({ only, skip = [] }: SelectionFlags): Selection {
  const known = [...groups, ...cases.map(({ id }) => id)];
  for (const name of [...(only ?? []), ...skip]) {
    if (!known.includes(name))
      throw new UnknownNameError('case', name, { known, hint: 'webhook-cli check --list names the cases and groups' });
  }
  const isNamed = ({ id, group }: Case, names: readonly string[]) => names.includes(id) || names.includes(group);
  const chosen = cases.filter(one => (only === undefined || isNamed(one, only)) && !isNamed(one, skip));
  if (chosen.length === 0)
    throw new UsageError('no case is left to run', { hint: '--skip takes away all that --only names' });
  const silent = chosen.every(isObservation) ? cases.filter(({ id }) => leastDeliveries.includes(id)) : [];
  return { cases: chosen, silent };
}
