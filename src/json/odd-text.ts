/** What UTF-8 can't express, and what databases refuse. JSON can, with an escape. */
export type OddCharacter = 'lone-surrogate' | 'nul-character';

const oddCharacters = /\p{Surrogate}|\0/u;

/** Returns the first half of a character, or NUL, in a string. */
export function oddCharacterIn(text: string): OddCharacter | undefined {
  const [found] = oddCharacters.exec(text) ?? [];
  if (found === undefined) return undefined;
  return found === '\0' ? 'nul-character' : 'lone-surrogate';
}
