import { closestMatch } from 'leven';

/** Returns the name nearest to a word, ignoring case; undefined if none is near. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const known = names.map(name => name.toLowerCase());
  const letters = wanted.replace(/^-*/, '').length;
  // At most half the letters of a short word may differ: "foo" isn't "bom", though "zhs" is "zsh".
  const maxDistance = Math.min(Math.max(2, letters / 3), Math.floor(letters / 2));
  const found =
    known.find(name => lettersOf(name) === lettersOf(wanted)) ?? closestMatch(wanted, known, { maxDistance });
  return found === undefined ? undefined : names[known.indexOf(found)];
}

const lettersOf = (word: string): string => Array.from(word).sort().join('');
