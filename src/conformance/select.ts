import { defaultScheme } from '../scheme/schemes.js';
import { groups, isDelivery, isEffect, isObservation, needs, type Case, type Need } from './case.js';
import { allCases, casesFor } from './cases/index.js';
import { missingIn, traitsOf, type Feature, type Traits } from './features.js';
import type { Selection } from './run-cases.js';

export interface SelectionNames {
  /** Ids and groups; undefined for all cases. */
  only?: readonly string[] | undefined;
  skip?: readonly string[] | undefined;
}

/** Why names select nothing: a name is unknown, or its cases need something that is missing. */
export type Unselectable = { unknown: string } | { name: string; needs: Need } | { name: string; lacks: Feature };

/** The cases to choose from. */
export interface Supply {
  /** What is available besides the receiver; cases that need more are left out. Default: everything. */
  has?: readonly Need[] | undefined;
  /** Cases that don't apply are left out. Default: those of the default scheme. */
  traits?: Traits | undefined;
}

/** The names a selection may use, each with a description. Loads no code that makes events. */
export const names: readonly { name: string; meaning: string }[] = [
  ...groups.map(name => ({ name, meaning: 'every case of this group' })),
  ...allCases.map(({ id, sends }) => ({ name: id, meaning: sends })),
];

/** The cases to deliver if all selected ones only observe. */
const leastDeliveries = ['valid', 'unsigned', 'tampered'];

/** A selection may be empty. */
export function selectCases(
  { only, skip = [] }: SelectionNames,
  { has = needs, traits = traitsOf(defaultScheme) }: Supply = {},
): Selection | Unselectable {
  const flaw = flawIn({ only, skip }, { has, traits });
  if (flaw) return flaw;
  const applicable = casesFor(traits);
  const chosen = applicable
    .filter(one => isPossible(one, has))
    .filter(one => (only === undefined || isNamed(one, only)) && !isNamed(one, skip));
  const onlyObserve = chosen.some(isObservation) && !chosen.some(isDelivery);
  return { cases: chosen, silent: onlyObserve ? applicable.filter(({ id }) => leastDeliveries.includes(id)) : [] };
}

function flawIn(
  { only = [], skip = [] }: SelectionNames,
  supply: { has: readonly Need[]; traits: Traits },
): Unselectable | undefined {
  const unknown = [...only, ...skip].find(given => !names.some(({ name }) => name === given));
  if (unknown !== undefined) return { unknown };
  return only.map(name => lackOf(name, supply)).find(found => found !== undefined);
}

const isNamed = ({ id, group }: Case, given: readonly string[]): boolean => given.includes(id) || given.includes(group);

const isPossible = (one: Case, has: readonly Need[]): boolean => !isEffect(one) || has.includes(one.needs);

/** The feature that every case of this name lacks. */
function lackOf(
  name: string,
  { has, traits }: { has: readonly Need[]; traits: Traits },
): Exclude<Unselectable, { unknown: string }> | undefined {
  const named = allCases.filter(one => isNamed(one, [name]));
  const applicable = named.filter(({ features }) => missingIn(features, traits) === undefined);
  const lacks = applicable.length === 0 ? missingIn(named[0]?.features, traits) : undefined;
  if (lacks !== undefined) return { name, lacks };
  const [first] = applicable.filter(isEffect);
  return first && !applicable.some(one => isPossible(one, has)) ? { name, needs: first.needs } : undefined;
}
