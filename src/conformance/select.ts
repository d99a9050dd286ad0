import { groups, isDelivery, isEffect, isObservation, needs, type Case, type Need } from './case.js';
import { allCases } from './cases/index.js';
import type { Selection } from './run-cases.js';

export interface SelectionNames {
  /** Ids and groups; undefined: all cases. */
  only?: readonly string[] | undefined;
  skip?: readonly string[] | undefined;
}

/** Why names select nothing: one that isn't known, or one whose cases need what isn't there. */
export type Unselectable = { unknown: string } | { name: string; needs: Need };

/** The names that a selection may use, each with a clause about it. Nothing that makes events is loaded with them. */
export const names: readonly { name: string; meaning: string }[] = [
  ...groups.map(name => ({ name, meaning: 'every case of this group' })),
  ...allCases.map(({ id, sends }) => ({ name: id, meaning: sends })),
];

/** What is delivered when all selected cases only observe. */
const leastDeliveries = ['valid', 'unsigned', 'tampered'];

/** A selection may be empty. `has`: what is there besides the receiver; cases that need more are left out. */
export function selectCases(
  { only, skip = [] }: SelectionNames,
  has: readonly Need[] = needs,
): Selection | Unselectable {
  const unknown = [...(only ?? []), ...skip].find(given => !names.some(({ name }) => name === given));
  if (unknown !== undefined) return { unknown };
  const impossible = only?.map(name => needOf(name, has)).find(found => found !== undefined);
  if (impossible) return impossible;
  const chosen = allCases
    .filter(one => isPossible(one, has))
    .filter(one => (only === undefined || isNamed(one, only)) && !isNamed(one, skip));
  const onlyObserve = chosen.some(isObservation) && !chosen.some(isDelivery);
  return { cases: chosen, silent: onlyObserve ? allCases.filter(({ id }) => leastDeliveries.includes(id)) : [] };
}

const isNamed = ({ id, group }: Case, given: readonly string[]): boolean => given.includes(id) || given.includes(group);

const isPossible = (one: Case, has: readonly Need[]): boolean => !isEffect(one) || has.includes(one.needs);

/** What is missing for every case of this name. */
function needOf(name: string, has: readonly Need[]): { name: string; needs: Need } | undefined {
  const named = allCases.filter(one => isNamed(one, [name]));
  const [first] = named.filter(isEffect);
  return first && !named.some(one => isPossible(one, has)) ? { name, needs: first.needs } : undefined;
}
