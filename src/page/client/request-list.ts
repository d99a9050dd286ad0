import type { ExchangeReport } from '../../exchange/reports.js';

/** The requests that the page has loaded, newest first and without duplicates, in whatever order they arrive. */
export interface RequestList {
  all: readonly ExchangeReport[];
  /** Whether the oldest request has been loaded. */
  isComplete: boolean;
}

export const emptyList: RequestList = { all: [], isComplete: false };

/** Adds requests, and skips duplicates. Requests that are all newer, as in a load, are added without looking at the others. */
export function withRequests(list: RequestList, added: readonly ExchangeReport[]): RequestList {
  const sorted = once([...added].sort(newestFirst));
  const [lowest, highest] = [sorted.at(-1)?.index ?? 0, sorted[0]?.index ?? 0];
  if (sorted.length === 0) return list;
  if (lowest > highestOf(list)) return { ...list, all: [...sorted, ...list.all] };
  if (highest < lowestOf(list)) return { ...list, all: [...list.all, ...sorted] };
  const all = once([...list.all, ...sorted].sort(newestFirst));
  return all.length === list.all.length ? list : { ...list, all };
}

/** Keeps the first of several with the same number. */
const once = (sorted: readonly ExchangeReport[]): ExchangeReport[] =>
  sorted.filter(({ index }, place) => index !== sorted[place - 1]?.index);

/** 0 if the list is empty. */
export const highestOf = ({ all }: RequestList): number => all[0]?.index ?? 0;

/** Infinite if the list is empty. */
export const lowestOf = ({ all }: RequestList): number => all.at(-1)?.index ?? Number.POSITIVE_INFINITY;

const newestFirst = (one: ExchangeReport, other: ExchangeReport): number => other.index - one.index;

/** The index of the request with this number in a list that is newest first; -1 if it isn't there. */
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
