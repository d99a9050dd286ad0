import type { Mistake } from '../hypothesis.js';
import { rawBytes, rawBytesIn, type Stack } from '../remedies.js';
import { describeEscapes, specialsOf, type Specials } from './escapes.js';
import { compact, layouts, spread, write, type Layout } from './layouts.js';
import { withFractions } from './numbers.js';
import { keysOf, numbersOf, serialisers, type Keys, type Numbers } from './serialisers.js';
import type { Escapes } from './strings.js';
import type { Token } from './tokens.js';
import { Variants } from './variants.js';

/** JSON text that a body may have been, and the mistake it reveals. */
interface JsonForm {
  text: string;
  mistake: () => Mistake;
}

/** The forms a body may have had, the most likely first. Each is made when needed, and only once. */
export interface JsonForms {
  /** The forms of common serialisers. */
  usual: () => Iterable<JsonForm>;
  /** All other combinations of serialiser options. */
  others: () => Iterable<JsonForm>;
}

/** How JSON is written. If escapes are undefined, strings stay unchanged. */
interface Style {
  layout: Layout;
  escapes: Escapes | undefined;
  keys: Keys;
  numbers: Numbers;
  hasCrlf: boolean;
}

export function jsonForms(tokens: readonly Token[]): JsonForms {
  const forms = new Forms(tokens);
  return {
    *usual() {
      for (const style of usualStyles()) yield* forms.make(style);
    },
    *others() {
      for (const changed of withFractions(tokens))
        for (const layout of [compact, spread]) {
          const text = write(changed, layout);
          if (text !== undefined) yield { text, mistake: () => fractions(layout) };
        }
      for (const style of forms.others()) yield* forms.make(style);
    },
  };
}

const asItIs = { escapes: undefined, keys: keysOf.asTheyCome, numbers: numbersOf.asTheyCome, hasCrlf: false };

function* usualStyles(): Generator<Style> {
  const [first, ...others] = serialisers;
  if (first) yield { ...first, escapes: first.escapes, hasCrlf: false };
  for (const layout of layouts) yield { ...asItIs, layout };
  for (const serialiser of others) yield { ...serialiser, escapes: serialiser.escapes, hasCrlf: false };
}

/** The maximum length of a form, in characters: of any form, of a short body's forms, and as a multiple of the body. */
const mostCharacters = 8 * 2 ** 20;
const usualCharacters = 64 * 1024;
const mostGrowth = 32;

/** Makes each form of a body once, even if several styles produce it. */
class Forms {
  private readonly specials: Specials;
  private readonly variants: Variants;
  private readonly made = new Set<string>();
  private readonly namesOf = new Map<string, Map<Stack, string>>();

  /** Indentation makes gigabytes of a hostile megabyte. */
  private readonly limit: number;

  constructor(tokens: readonly Token[]) {
    const length = tokens.reduce((sum, { text }) => sum + text.length, 0);
    this.limit = Math.min(mostCharacters, Math.max(usualCharacters, length * mostGrowth));
    this.specials = specialsOf(tokens);
    this.variants = new Variants(tokens, this.specials);
    for (const { name, stack, escapes, ...style } of serialisers) {
      const key = keyOf({ ...style, escapes, hasCrlf: false }, this.variants);
      const names = this.namesOf.get(key) ?? new Map<Stack, string>();
      if (!names.has(stack)) names.set(stack, name);
      this.namesOf.set(key, names);
    }
  }

  *make(style: Style): Generator<JsonForm> {
    const key = keyOf(style, this.variants);
    if (this.made.has(key)) return;
    this.made.add(key);
    const eol = style.hasCrlf ? '\r\n' : '\n';
    const text = write(this.variants.tokensOf(style), style.layout, { eol, limit: this.limit });
    if (text !== undefined) yield { text, mistake: () => this.mistakeOf(style, key) };
  }

  /** All combinations, those with the fewest differences from plain compact JSON first. */
  others(): Style[] {
    const { variants } = this;
    const weighted = <T>(all: readonly T[], weight: number) =>
      all.map((each, index) => ({ each, cost: index * weight }));
    const keys = weighted(variants.distinctKeys(), 3);
    const escapes = weighted(variants.distinctEscapes(), 2);
    const numbers = weighted(variants.distinctNumbers(), 3);
    const tokenStyles = keys.flatMap(k => escapes.flatMap(e => numbers.map(n => ({ style: { keys: k.each, escapes: e.each, numbers: n.each }, cost: k.cost + e.cost + n.cost })))); // prettier-ignore
    const all = weighted(layouts, 1).flatMap(({ each: layout, cost }) =>
      (layout.indent === undefined ? [false] : [false, true]).flatMap(hasCrlf =>
        tokenStyles.map(each => ({
          style: { ...each.style, layout, hasCrlf },
          cost: cost + each.cost + (hasCrlf ? 6 : 0),
        })),
      ),
    );
    return all.sort((a, b) => a.cost - b.cost).map(({ style }) => style);
  }

  private mistakeOf(style: Style, key: string): Mistake {
    const { layout, hasCrlf } = style;
    const keys = this.variants.effectiveKeys(style.keys);
    const numbers = this.variants.effectiveNumbers(style.numbers);
    const { ids, ascii, words } = describeEscapes(style.escapes ?? {}, this.specials);
    const id = ['json', layout.id, keys.id, ...ids, numbers.id, hasCrlf ? 'crlf' : ''].filter(Boolean).join('-');
    const names = [...(this.namesOf.get(key) ?? [])];
    const [sole] = names.length === 1 && isTelling(layout, [keys.id, ...ids]) ? names : [];
    const extras = [keys.words, ...words, numbers.words, hasCrlf ? 'CRLF at the end of each line' : ''].filter(Boolean);
    return {
      id: id === 'json' ? 'json-compact' : id,
      words: `this text isn't what was signed: the signature matches the body re-serialised ${sole ? `the way ${sole[1]} does` : `as ${layout.words}${ascii}${listed(extras, layout)}`}`,
      remedy: sole ? rawBytesIn[sole[0]] : rawBytes,
    };
  }
}

/** Returns the same key for styles that make the same text of a body. */
const keyOf = (style: Style, variants: Variants): string =>
  [layouts.indexOf(style.layout), variants.keyOf(style), style.hasCrlf && style.layout.indent !== undefined].join('|');

/** Whether a form identifies its stack: many share plain layouts, sorted keys and escaped slashes. */
const isTelling = ({ id }: Layout, ids: readonly string[]): boolean =>
  ['spread', 'jackson'].includes(id) ||
  ids.some(each => ['ascii', 'escaped-html', 'escaped-lines', 'empty-arrays', 'keys-by-length'].includes(each));

function listed(extras: readonly string[], { words }: Layout): string {
  if (extras.length === 0) return '';
  const last = extras.at(-1) ?? '';
  const list = extras.length === 1 ? last : `${extras.slice(0, -1).join(', ')} and ${last}`;
  return `${words.includes(' with ') ? ', ' : ' '}with ${list}`;
}

const fractions = ({ id, words }: Layout): Mistake => ({
  id: ['json', id, 'fractions'].filter(Boolean).join('-'),
  words: `this text isn't what was signed: the signature matches the body re-serialised as ${words}, with whole numbers written as 1.0`,
  remedy: rawBytes,
});
