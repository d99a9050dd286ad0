/** What the probe showed before and after the deliveries of a case, cut to where the two differ. Ids are masked. */
export interface StateChange {
  wanted: 'some' | 'once' | 'none';
  before: string;
  after: string;
  /** The same of one delivery, where the change should have been like it. */
  once?: { before: string; after: string };
}

/** Why the probe proves nothing: it showed no change after one delivery, or different changes after two single ones. */
export type Blindness = 'blind-probe' | 'varying-probe';

/** An output of the probe, in the parts that are compared. */
export interface State {
  /** Ids are masked. */
  text: string;
  /** The text without its numbers. */
  shape: string;
  /** In order, in units of the 20th decimal place. */
  numbers: readonly bigint[];
}

/** How a state became another one. */
export interface Change {
  before: State;
  after: State;
}

/** Texts to mask, by their lower case, each with what takes its place. */
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

/** A UUID is recognised without its hyphens, too. */
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

/** Exact, so that sums of money and ids of 64 bits are compared exactly, too. */
function unitsOf(number: string): bigint {
  const [whole = '', fraction = ''] = number.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

export const isSameState = (one: State, other: State): boolean => one.text === other.text;

/**
 * Whether one change is like another: it led to the same text, as it does for a probe that shows one customer, or it changed each
 * number by as much, as it does for a total.
 */
export function isSameChange(one: Change, other: Change): boolean {
  if (isSameState(one.before, one.after)) return false;
  if (isSameState(one.after, other.after)) return true;
  const [differences, others] = [differencesIn(one), differencesIn(other)];
  if (!differences || !others || one.after.shape !== other.after.shape) return false;
  return differences.every((difference, index) => difference === others[index]);
}

/** By how much each number changed; undefined if there are more numbers, or fewer, than there were. */
function differencesIn({ before, after }: Change): bigint[] | undefined {
  if (before.numbers.length !== after.numbers.length) return undefined;
  return after.numbers.map((number, index) => number - (before.numbers[index] ?? 0n));
}

const shownLength = 80;

/** Characters that are shown before the first difference. */
const context = 20;

/** Returns two texts as one line each, cut to where they begin to differ. */
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
