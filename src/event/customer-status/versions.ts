import type { Problem } from '../problem.js';
import { valueAt } from '../../json/value-at.js';
import { customerStatuses } from './statuses.js';

/** Status names that belong to one version of Fin's API alone. */
const versions: ReadonlyMap<string, string> = new Map(
  customerStatuses.flatMap(({ name, api: [first, ...others] }) =>
    first === undefined || others.length > 0 ? [] : [[name, first] as const],
  ),
);

/** Of which customer an event tells a status by a name that one version alone has. */
export type Mention = readonly [customer: string, name: string];

export function mentionIn(json: unknown): Mention | undefined {
  const name = valueAt(json, statusPath);
  if (typeof name !== 'string' || !versions.has(name)) return undefined;
  const customer = valueAt(json, ['data', 'customer_id']);
  // No id is that long: a stranger's text isn't worth its memory.
  return typeof customer === 'string' && customer.length <= 100 ? [customer, name] : undefined;
}

const statusPath = ['data', 'customer_status'];

export interface VersionWatch {
  /** The problem of an event whose status has a name of the other version than an earlier one of the same customer. */
  problemWith: (mention: Mention) => Problem | undefined;
  /** More customers came than are remembered. */
  isFull: () => boolean;
}

/** A customer belongs to one version of the API, so its events shouldn't mix names. Remembers `most` customers. */
export function watchVersions(most = 100_000): VersionWatch {
  const firstNames = new Map<string, string>();
  let isFull = false;
  return {
    problemWith([customer, name]) {
      const first = firstNames.get(customer);
      if (first !== undefined) return versions.get(first) === versions.get(name) ? undefined : mixed(first, name);
      if (firstNames.size < most) firstNames.set(customer, name);
      else isFull = true;
      return undefined;
    },
    isFull: () => isFull,
  };
}

const mixed = (first: string, name: string): Problem => ({
  ...{ level: 'warning', code: 'mixed-versions', path: statusPath },
  ...{ expected: described(first), found: described(name) },
});

const described = (name: string): string => `${name} (${versions.get(name) ?? ''})`;
