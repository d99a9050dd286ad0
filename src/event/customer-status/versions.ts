import type { Problem } from '../problem.js';
import { valueAt } from '../value-at.js';
import { customerStatuses } from './statuses.js';

/** Status names that belong to one version of Fin's API alone. */
const versions: ReadonlyMap<string, string> = new Map(
  customerStatuses.flatMap(({ name, api: [first, ...others] }) =>
    first === undefined || others.length > 0 ? [] : [[name, first] as const],
  ),
);

export interface VersionWatch {
  /** The problem of an event whose status has a name of the other version than an earlier one of the same customer. */
  problemWith: (json: unknown) => Problem | undefined;
  /** More customers came than are remembered. */
  isFull: () => boolean;
}

/** A customer belongs to one version of the API, so its events shouldn't mix names. Remembers `most` customers. */
export function watchVersions(most = 100_000): VersionWatch {
  const firstNames = new Map<string, string>();
  let isFull = false;
  return {
    problemWith(json) {
      const path = ['data', 'customer_status'];
      const [customer, name] = [valueAt(json, ['data', 'customer_id']), valueAt(json, path)];
      const version = typeof name === 'string' ? versions.get(name) : undefined;
      if (typeof customer !== 'string' || typeof name !== 'string' || version === undefined) return undefined;
      // No id is that long: a stranger's text isn't worth its memory.
      if (customer.length > 100) return undefined;
      const first = firstNames.get(customer);
      if (first !== undefined) return versions.get(first) === version ? undefined : mixed(path, first, name);
      if (firstNames.size < most) firstNames.set(customer, name);
      else isFull = true;
      return undefined;
    },
    isFull: () => isFull,
  };
}

const mixed = (path: readonly string[], first: string, name: string): Problem => ({
  ...{ level: 'warning', code: 'mixed-versions', path },
  ...{ expected: described(first), found: described(name) },
});

const described = (name: string): string => `${name} (${versions.get(name) ?? ''})`;
