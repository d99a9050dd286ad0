/** Text that UTF-8 can't express or databases refuse, but JSON escapes can express. */
export type OddCharacter = 'lone-surrogate' | 'nul-character';

const oddCharacters = /\p{Surrogate}|\0/u;

/** Returns the first lone surrogate or NUL in a string. */
export function oddCharacterIn(text: string): OddCharacter | undefined {
  const [found] = oddCharacters.exec(text) ?? [];
  if (found === undefined) return undefined;
  return found === '\0' ? 'nul-character' : 'lone-surrogate';
}
