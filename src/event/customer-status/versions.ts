import { oneSpelling } from '../id.js';
import type { Problem } from '../problem.js';
import { valueAt } from '../../json/value-at.js';
import { customerStatuses } from './statuses.js';

/** The API version of each status name that only one version of Fin's API has. */
const versions: ReadonlyMap<string, string> = new Map(
  customerStatuses.flatMap(({ name, api: [first, ...others] }) =>
    first === undefined || others.length > 0 ? [] : [[name, first] as const],
  ),
);

/** A customer and its status, if only one version has that status name. */
export type Mention = readonly [customer: string, name: string];

export function mentionIn(json: unknown): Mention | undefined {
  const name = valueAt(json, statusPath);
  if (typeof name !== 'string' || !versions.has(name)) return undefined;
  const customer = valueAt(json, ['data', 'customer_id']);
  // No real id is that long, and untrusted text must not fill the memory.
  return typeof customer === 'string' && customer.length <= 100 ? [oneSpelling(customer), name] : undefined;
}

const statusPath = ['data', 'customer_status'];

export interface VersionWatch {
  /** Returns a problem if an earlier event of the customer used a name of the other version. */
  problemWith: (mention: Mention) => Problem | undefined;
  /** Whether there were more customers than are remembered. */
  isFull: () => boolean;
}

/** Finds customers whose events mix names: a customer belongs to one version of the API. Remembers `most` customers. */
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
  level: 'warning',
  code: 'mixed-versions',
  path: statusPath,
  expected: described(first),
  found: described(name),
});

const described = (name: string): string => `${name} (${versions.get(name) ?? ''})`;
