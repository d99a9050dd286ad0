import type { Kept } from './source.js';

export interface RingLimits {
  mostRequests: number;
  /** Of bodies and headers, roughly. */
  mostBytes: number;
}

export const usualRing: RingLimits = { mostRequests: 1000, mostBytes: 64 * 1024 * 1024 };

/** The last requests, in memory. */
export interface Ring {
  add: (kept: Kept) => void;
  get: (position: number) => Kept | undefined;
  /** Those with a position below `before`, the highest first. */
  before: (before: number) => Kept[];
  /** Those that were added after the one at `position`, in that order: all of them if it has been dropped. */
  after: (position: number) => Kept[];
  /** The highest position that there was; 0: none. */
  highest: () => number;
}

/** What a request takes besides its bodies and headers, in bytes. */
const overhead = 2048;

export function createRing({ mostRequests, mostBytes }: RingLimits = usualRing): Ring {
  /** In the order in which they came, which isn't always that of their positions: some take longer to answer. */
  const kept = new Map<number, Kept>();
  let [bytes, highest] = [0, 0];
  return {
    add(one) {
      kept.set(one.position, one);
      bytes += weightOf(one);
      highest = Math.max(highest, one.position);
      for (const [position, oldest] of kept) {
        if (kept.size <= mostRequests && bytes <= mostBytes) break;
        kept.delete(position);
        bytes -= weightOf(oldest);
      }
    },
    get: position => kept.get(position),
    before: before =>
      [...kept.values()]
        .filter(({ position }) => position < before)
        .sort((one, other) => other.position - one.position),
    after(position) {
      if (position > highest) return [];
      const all = [...kept.values()];
      return all.slice(all.findIndex(one => one.position === position) + 1);
    },
    highest: () => highest,
  };
}

function weightOf({ request: { target, headers, body, answer } }: Kept): number {
  const lists = [headers, answer?.headers ?? []];
  const characters = lists.flat().reduce((sum, [name, value]) => sum + name.length + value.length, target.length);
  return overhead + characters + body.length + (answer?.body.length ?? 0);
}
