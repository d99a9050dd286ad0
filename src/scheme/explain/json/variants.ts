import { effectOf, escapesOfAll, type Specials } from './escapes.js';
import { surveyKeys } from './keys.js';
import { isPlainInteger, rewriteNumbers } from './numbers.js';
import { keysOf, numbersOf, type Keys, type Numbers } from './serialisers.js';
import { escapeStrings, type Escapes } from './strings.js';
import type { Token } from './tokens.js';

/** The effect of styles on a body's tokens. Finds styles with equal results without writing the body. */
interface TokenStyle {
  keys: Keys;
  escapes: Escapes | undefined;
  numbers: Numbers;
}

const allKeys = Object.values<Keys>(keysOf);
const allNumbers = Object.values<Numbers>(numbersOf);

/** The tokens of a body with other keys, strings and numbers, each made once. */
export class Variants {
  private readonly tokens: readonly Token[];
  private readonly specials: Specials;
  private readonly sameKeys: ReadonlyMap<Keys, Keys>;
  private readonly sameNumbers: ReadonlyMap<Numbers, Numbers>;
  /** The effect of the escapes that strings already have; undefined if no serialiser escapes like that. */
  private readonly ownEffect: string | undefined;
  private readonly cache = new Map<string, readonly Token[]>();

  constructor(tokens: readonly Token[], specials: Specials) {
    this.tokens = tokens;
    this.specials = specials;
    this.sameKeys = sameKeys(tokens);
    this.sameNumbers = sameNumbers(tokens);
    this.ownEffect = effectIn(tokens, specials);
  }

  keyOf({ keys, escapes, numbers }: TokenStyle): string {
    const effect = escapes === undefined ? (this.ownEffect ?? 'as it is') : effectOf(escapes, this.specials);
    return [allKeys.indexOf(this.effectiveKeys(keys)), effect, allNumbers.indexOf(this.effectiveNumbers(numbers))].join('|'); // prettier-ignore
  }

  tokensOf(style: TokenStyle): readonly Token[] {
    const key = this.keyOf(style);
    const known = this.cache.get(key);
    if (known) return known;
    const { rewrite } = this.effectiveKeys(style.keys);
    const { write } = this.effectiveNumbers(style.numbers);
    const moved = rewrite === undefined ? this.tokens : rewrite(this.tokens);
    const counted = write === undefined ? moved : rewriteNumbers(moved, write);
    const isWritten = style.escapes === undefined || effectOf(style.escapes, this.specials) === this.ownEffect;
    const made = isWritten ? counted : escapeStrings(counted, style.escapes ?? {});
    this.cache.set(key, made);
    return made;
  }

  /** Returns the first with the same result. */
  effectiveKeys(keys: Keys): Keys {
    return this.sameKeys.get(keys) ?? keys;
  }

  effectiveNumbers(numbers: Numbers): Numbers {
    return this.sameNumbers.get(numbers) ?? numbers;
  }

  distinctKeys(): Keys[] {
    return [...new Set(this.sameKeys.values())];
  }

  distinctNumbers(): Numbers[] {
    return [...new Set(this.sameNumbers.values())];
  }

  /** Those with different effects, the most likely first. */
  distinctEscapes(): (Escapes | undefined)[] {
    const effects = new Map<string, Escapes>();
    for (const escapes of escapesOfAll) {
      const effect = effectOf(escapes, this.specials);
      if (!effects.has(effect)) effects.set(effect, escapes);
    }
    return this.ownEffect === undefined ? [undefined, ...effects.values()] : [...effects.values()];
  }
}

function sameKeys(tokens: readonly Token[]): Map<Keys, Keys> {
  const survey = surveyKeys(tokens);
  const { asTheyCome, javaScript, last, phpArrays, sorted, sortedByBytes, sortedByLength } = keysOf;
  const parsed = survey.hasDuplicates ? last : asTheyCome;
  const inOrder = survey.isSorted ? parsed : sorted;
  return new Map<Keys, Keys>([
    [asTheyCome, asTheyCome],
    [javaScript, survey.hasIndices ? javaScript : parsed],
    [last, parsed],
    [phpArrays, survey.hasEmptyObjects ? phpArrays : parsed],
    [sorted, inOrder],
    [sortedByBytes, survey.isAscii ? inOrder : sortedByBytes],
    [sortedByLength, survey.isSortedByLength ? parsed : sortedByLength],
  ]);
}

/** Small whole numbers are the same everywhere. */
function sameNumbers(tokens: readonly Token[]): Map<Numbers, Numbers> {
  const lexemes = new Set<string>();
  for (const { kind, text } of tokens) if (kind === 'number' && !isPlainInteger(text)) lexemes.add(text);
  const byTexts = new Map<string, Numbers>();
  const same = new Map<Numbers, Numbers>();
  for (const numbers of allNumbers) {
    const { write } = numbers;
    const texts = write === undefined ? [...lexemes] : Array.from(lexemes, lexeme => write(lexeme));
    const key = texts.join(' ');
    if (!byTexts.has(key)) byTexts.set(key, numbers);
    same.set(numbers, byTexts.get(key) ?? numbers);
  }
  return same;
}

/** How the strings of a body are escaped. Strings without a backslash are already in the plainest form. */
function effectIn(tokens: readonly Token[], specials: Specials): string | undefined {
  const strings = tokens.filter(({ kind, text }) => kind === 'string' && text.includes('\\'));
  if (strings.length === 0) return effectOf({}, specials);
  const own = specialsOfAll(tokens, specials);
  for (const escapes of escapesOfAll.slice(0, 12)) {
    const written = escapeStrings(own, escapes);
    if (written.every((token, index) => token === own[index])) return effectOf(escapes, specials);
  }
  return undefined;
}

/** Returns the strings that escapes may change. */
const specialsOfAll = (tokens: readonly Token[], specials: Specials): Token[] =>
  specials.size === 0
    ? tokens.filter(({ kind, text }) => kind === 'string' && text.includes('\\'))
    : tokens.filter(({ kind }) => kind === 'string');
