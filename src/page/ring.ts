import type { Kept } from './source.js';

export interface RingLimits {
  mostRequests: number;
  /** Of bodies and headers, roughly. */
  mostBytes: number;
}

const usualRing: RingLimits = { mostRequests: 1000, mostBytes: 64 * 1024 * 1024 };

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
  const ring = new Map<number, { kept: Kept; weight: number }>();
  let [bytes, highest] = [0, 0];
  const all = () => Array.from(ring.values(), ({ kept }) => kept);
  const dropSurplus = () => {
    for (const [position, { weight }] of ring) {
      if (ring.size <= mostRequests && bytes <= mostBytes) return;
      ring.delete(position);
      bytes -= weight;
    }
  };
  return {
    add(kept) {
      const weight = weightOf(kept);
      ring.set(kept.position, { kept, weight });
      bytes += weight;
      if (kept.position > highest) highest = kept.position;
      if (ring.size > mostRequests || bytes > mostBytes) dropSurplus();
    },
    get: position => ring.get(position)?.kept,
    before: before =>
      all()
        .filter(({ position }) => position < before)
        .sort((one, other) => other.position - one.position),
    after(position) {
      if (position > highest) return [];
      const kept = all();
      return kept.slice(kept.findIndex(one => one.position === position) + 1);
    },
    highest: () => highest,
  };
}

/** A load passes here, so nothing is made only to be counted. */
function weightOf({ request: { target, headers, body, answer } }: Kept): number {
  let weight = overhead + target.length + body.length;
  for (const [name, value] of headers) weight += name.length + value.length;
  if (!answer) return weight;
  weight += answer.body.length;
  for (const [name, value] of answer.headers) weight += name.length + value.length;
  return weight;
}
