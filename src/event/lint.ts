import type { EventFacts } from './event.js';
import { isSameId } from './id.js';
import { nameOrKind, type Problem } from './problem.js';
import { valueAt } from '../json/value-at.js';

/** Finds values that are valid under the schema but differ from everything that Fin publishes. */
export const lint = (json: unknown, { reference }: EventFacts): Problem[] => [
  ...otherReference(json, reference),
  ...upperCaseEmail(json),
];

function otherReference(json: unknown, reference: readonly string[]): Problem[] {
  const path = ['event', 'event_reference_id'];
  const [pointer, id] = [valueAt(json, path), valueAt(json, reference)];
  // The schema reports an id that is empty or isn't text.
  if (typeof pointer !== 'string' || typeof id !== 'string' || pointer === '' || id === '') return [];
  return isSameId(pointer, id)
    ? []
    : [{ level: 'warning', code: 'other-reference', path, expected: reference.join('.') }];
}

function upperCaseEmail(json: unknown): Problem[] {
  const path = ['data', 'email'];
  const email = valueAt(json, path);
  const isOdd = typeof email === 'string' && email !== email.toLowerCase();
  return isOdd ? [{ level: 'warning', code: 'upper-case-email', path }] : [];
}

/** Finds a status that Fin doesn't document. The set is open. */
export function unknownStatus(json: unknown, { status: { path, names } }: EventFacts): Problem[] {
  const status = valueAt(json, path);
  const isKnown = typeof status !== 'string' || status === '' || names.includes(status);
  return isKnown ? [] : [{ level: 'warning', code: 'unknown-status', path, found: nameOrKind(status) }];
}
