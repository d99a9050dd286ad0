import { groups, isObservation, type Case } from './case.js';
import { cases } from './cases/index.js';
import type { Selection } from './run-cases.js';

export interface SelectionNames {
  /** Ids and groups; undefined: all cases. */
  only?: readonly string[] | undefined;
  skip?: readonly string[] | undefined;
}

/** The names that a selection may use, each with a clause about it. Nothing that makes events is loaded with them. */
export const names: readonly { name: string; meaning: string }[] = [
  ...groups.map(name => ({ name, meaning: 'every case of this group' })),
  ...cases.map(({ id, sends }) => ({ name: id, meaning: sends })),
];

/** What is delivered when all selected cases only observe. */
const leastDeliveries = ['valid', 'unsigned', 'tampered'];

/** Returns the first name that isn't known instead of a selection, if there is one. A selection may be empty. */
export function selectCases({ only, skip = [] }: SelectionNames): Selection | { unknown: string } {
  const unknown = [...(only ?? []), ...skip].find(given => !names.some(({ name }) => name === given));
  if (unknown !== undefined) return { unknown };
  const isNamed = ({ id, group }: Case, given: readonly string[]) => given.includes(id) || given.includes(group);
  const chosen = cases.filter(one => (only === undefined || isNamed(one, only)) && !isNamed(one, skip));
  const silent = chosen.every(isObservation) ? cases.filter(({ id }) => leastDeliveries.includes(id)) : [];
  return { cases: chosen, silent };
}
