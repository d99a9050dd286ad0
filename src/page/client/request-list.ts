import type { ExchangeReport } from '../../exchange/reports.js';

/** The requests that the page knows, newest first and each once, whatever order they come in. */
export interface RequestList {
  all: readonly ExchangeReport[];
  /** Whether there are no older ones. */
  isComplete: boolean;
}

export const emptyList: RequestList = { all: [], isComplete: false };

/** Adds requests that may be there already. Those that are all newer, as in a load, cost no look at the others. */
export function withRequests(list: RequestList, added: readonly ExchangeReport[]): RequestList {
  const sorted = once([...added].sort(newestFirst));
  const [lowest, highest] = [sorted.at(-1)?.index ?? 0, sorted[0]?.index ?? 0];
  if (sorted.length === 0) return list;
  if (lowest > highestOf(list)) return { ...list, all: [...sorted, ...list.all] };
  if (highest < lowestOf(list)) return { ...list, all: [...list.all, ...sorted] };
  const all = once([...list.all, ...sorted].sort(newestFirst));
  return all.length === list.all.length ? list : { ...list, all };
}

/** Of several with one number, the first stays. */
const once = (sorted: readonly ExchangeReport[]): ExchangeReport[] =>
  sorted.filter(({ index }, place) => index !== sorted[place - 1]?.index);

/** 0: there is none. */
export const highestOf = ({ all }: RequestList): number => all[0]?.index ?? 0;

/** Infinite: there is none. */
export const lowestOf = ({ all }: RequestList): number => all.at(-1)?.index ?? Number.POSITIVE_INFINITY;

const newestFirst = (one: ExchangeReport, other: ExchangeReport): number => other.index - one.index;

/** Where the request with this number is in a list that is newest first; -1: it isn't in it. */
export function placeOf(requests: readonly ExchangeReport[], position: number | undefined): number {
  if (position === undefined) return -1;
  let [low, high] = [0, requests.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((requests[middle]?.index ?? 0) > position) low = middle + 1;
    else high = middle;
  }
  return requests[low]?.index === position ? low : -1;
}
