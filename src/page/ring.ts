import type { Kept } from './source.js';

export interface RingLimits {
  mostRequests: number;
  /** Bytes of bodies and headers, roughly. */
  mostBytes: number;
}

const usualRing: RingLimits = { mostRequests: 1000, mostBytes: 64 * 1024 * 1024 };

/** The latest requests, in memory. */
export interface Ring {
  add: (kept: Kept) => void;
  get: (position: number) => Kept | undefined;
  /** Requests with a position below `before`, the highest first. */
  before: (before: number) => Kept[];
  /** Requests added after the one at `position`, in that order; all of them if it has been dropped. */
  after: (position: number) => Kept[];
  /** The highest position so far; 0 if there was none. */
  highest: () => number;
}

/** The memory that a request takes besides its bodies and headers, in bytes. */
const overhead = 2048;

export function createRing({ mostRequests, mostBytes }: RingLimits = usualRing): Ring {
  /** In order of arrival, which isn't always the order of positions: some responses take longer. */
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

/** A load goes through here, so it allocates nothing just to count. */
function weightOf({ request: { target, headers, body, answer } }: Kept): number {
  let weight = overhead + target.length + body.length;
  for (const [name, value] of headers) weight += name.length + value.length;
  if (!answer) return weight;
  weight += answer.body.length;
  for (const [name, value] of answer.headers) weight += name.length + value.length;
  return weight;
}
