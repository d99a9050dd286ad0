import type { UnknownNameError } from '../errors.js';
import { nearestName } from '../text/nearest.js';

/** More would be a list, not a suggestion. */
const most = 5;

/** Suggests names for an unknown one: those that begin with it, or else the nearest. Undefined if no name is near. */
export function suggestion({ given, known }: UnknownNameError): string | undefined {
  const wanted = given.toLowerCase();
  const begun = wanted.replace(/^-*/, '').length < 2 ? [] : known.filter(name => name.toLowerCase().startsWith(wanted));
  // Of many with the same first word, the first is the main one: --forward-to.
  const first = begun.length > most ? begun.find(name => name.toLowerCase().startsWith(`${wanted}-`)) : undefined;
  const near = [first ?? nearestName(given, known)].filter(name => name !== undefined);
  const meant = begun.length > 0 && begun.length <= most ? begun : near;
  if (meant.length === 0) return undefined;
  const names = meant.map(name => `"${name}"`);
  return `did you mean ${[names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ')}?`;
}
