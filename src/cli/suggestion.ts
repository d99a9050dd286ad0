import { closestMatch } from 'leven';
import type { UnknownNameError } from '../errors.js';

/** More would be a list, not a suggestion. */
const most = 5;

/** Returns what may have been meant by an unknown name: what it begins, or the nearest one. Undefined: no name is near. */
export function suggestion({ given, known }: UnknownNameError): string | undefined {
  const wanted = given.toLowerCase();
  const begun = wanted.replace(/^-*/, '').length < 2 ? [] : known.filter(name => name.toLowerCase().startsWith(wanted));
  const meant = begun.length > 0 && begun.length <= most ? begun : nearest(wanted, known);
  if (meant.length === 0) return undefined;
  const names = meant.map(name => `"${name}"`);
  return `did you mean ${[names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ')}?`;
}

function nearest(wanted: string, known: readonly string[]): string[] {
  const names = known.map(name => name.toLowerCase());
  const letters = wanted.replace(/^-*/, '').length;
  // Of a short word, half its letters at most: "foo" isn't "bom", though "zhs" is "zsh".
  const maxDistance = Math.min(Math.max(2, letters / 3), Math.floor(letters / 2));
  const found =
    names.find(name => lettersOf(name) === lettersOf(wanted)) ?? closestMatch(wanted, names, { maxDistance });
  return known.filter((_, index) => names[index] === found).slice(0, 1);
}

const lettersOf = (word: string): string => Array.from(word).sort().join('');
