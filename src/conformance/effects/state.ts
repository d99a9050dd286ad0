/** The probe's output before and after the deliveries of a case, cut to the part that differs. Ids are masked. */
export interface StateChange {
  wanted: 'some' | 'once' | 'none';
  before: string;
  after: string;
  /** The same for one delivery, if the change should have matched it. */
  once?: { before: string; after: string };
}

/** Why the probe proves nothing: it showed no change after one delivery, or different changes after two single ones. */
export type Blindness = 'blind-probe' | 'varying-probe';

/** An output of the probe, split into the parts to compare. */
export interface State {
  /** Ids are masked. */
  text: string;
  /** The text without numbers. */
  shape: string;
  /** In order, in units of the 20th decimal place. */
  numbers: readonly bigint[];
}

/** A change from one state to another. */
export interface Change {
  before: State;
  after: State;
}

/** Texts to mask, in lower case, each with its replacement. */
export type Masks = ReadonlyMap<string, string>;

export function stateOf(output: string, masks: Masks): State {
  const text = masked(output, masks);
  const numbers: bigint[] = [];
  const shape = text.replace(/-?\d{1,40}(?:\.\d{1,20})?/g, number => {
    numbers.push(unitsOf(number));
    return '#';
  });
  return { text, shape, numbers };
}

/** Recognises a UUID without hyphens, too. */
function masked(output: string, masks: Masks): string {
  if (masks.size === 0) return output;
  const spellings = new Map([...masks].flatMap(([text, mask]) => [text, withoutHyphens(text)].map(key => [key, mask])));
  const pattern = new RegExp(
    [...spellings.keys()].map(key => key.replaceAll(/[.+]/g, String.raw`\$&`)).join('|'),
    'gi',
  );
  return output.replace(pattern, found => spellings.get(found.toLowerCase()) ?? found);
}

const withoutHyphens = (text: string): string => (text.includes('@') ? text : text.replaceAll('-', ''));

const places = 20;

/** Exact, even for amounts of money and 64-bit ids. */
function unitsOf(number: string): bigint {
  const [whole = '', fraction = ''] = number.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

export const isSameState = (one: State, other: State): boolean => one.text === other.text;

/**
 * Whether two changes match: they led to the same text, as for a probe that shows one customer, or they changed each
 * number by the same amount, as for a total.
 */
export function isSameChange(one: Change, other: Change): boolean {
  if (isSameState(one.before, one.after)) return false;
  if (isSameState(one.after, other.after)) return true;
  const [differences, others] = [differencesIn(one), differencesIn(other)];
  if (!differences || !others || one.after.shape !== other.after.shape) return false;
  return differences.every((difference, index) => difference === others[index]);
}

/** By how much each number changed; undefined if the count of numbers changed. */
function differencesIn({ before, after }: Change): bigint[] | undefined {
  if (before.numbers.length !== after.numbers.length) return undefined;
  return after.numbers.map((number, index) => number - (before.numbers[index] ?? 0n));
}

const shownLength = 80;

/** Characters shown before the first difference. */
const context = 20;

/** Returns two texts as one line each, cut to their first difference. */
export function excerptsOf(first: string, second: string): { before: string; after: string } {
  const [one, other] = [onOneLine(first), onOneLine(second)];
  let same = 0;
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same += 1;
  const start = Math.max(one.length, other.length) <= shownLength ? 0 : Math.max(0, same - context);
  return { before: excerpt(one, start), after: excerpt(other, start) };
}

export const onOneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** Returns at most `shownLength` characters. */
export const excerpt = (text: string, start = 0): string =>
  `${start > 0 ? '…' : ''}${text.slice(start, start + shownLength)}${text.length > start + shownLength ? '…' : ''}`;
