import type { ExchangeReport } from '../../exchange/reports.js';

/** The requests that the page knows, newest first and each once, whatever order they come in. */
export interface RequestList {
  all: readonly ExchangeReport[];
  /** Whether there are no older ones. */
  isComplete: boolean;
}

export const emptyList: RequestList = { all: [], isComplete: false };

/** Adds requests that may be there already. */
export function withRequests(list: RequestList, added: readonly ExchangeReport[]): RequestList {
  const known = new Set(list.all.map(({ index }) => index));
  const fresh = new Map<number, ExchangeReport>();
  for (const report of added) if (!known.has(report.index)) fresh.set(report.index, report);
  if (fresh.size === 0) return list;
  const sorted = [...fresh.values()].sort(newestFirst);
  const [lowest, highest] = [sorted.at(-1)?.index ?? 0, sorted[0]?.index ?? 0];
  if (lowest > highestOf(list)) return { ...list, all: [...sorted, ...list.all] };
  if (highest < lowestOf(list)) return { ...list, all: [...list.all, ...sorted] };
  return { ...list, all: [...sorted, ...list.all].sort(newestFirst) };
}

/** 0: there is none. */
export const highestOf = ({ all }: RequestList): number => all[0]?.index ?? 0;

/** Infinite: there is none. */
export const lowestOf = ({ all }: RequestList): number => all.at(-1)?.index ?? Number.POSITIVE_INFINITY;

const newestFirst = (one: ExchangeReport, other: ExchangeReport): number => other.index - one.index;
