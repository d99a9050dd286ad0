/** A row of a histogram: the number of times from `from` to below `to` milliseconds. */
export interface LatencyRow {
  from: number;
  to: number;
  count: number;
}

/** Times of any number of requests, in 32 KiB. */
export interface Latencies {
  /** In milliseconds. */
  record: (time: number) => void;
  /** In milliseconds, within half a percent; undefined if nothing was recorded. */
  percentile: (percent: number) => number | undefined;
  max: () => number;
  /** At most ten rows, ascending: nine of the same width, and one for the slowest percent. */
  rows: () => LatencyRow[];
}

/** Each doubling of the time has this many counters. */
const steps = 256;
const stepBits = 8;
const mostRows = 10;

/** Counts in buckets that grow with the time, so that recording is as cheap as an addition. */
export function createLatencies(): Latencies {
  const counts = new Uint32Array((33 - stepBits) * steps);
  let [total, least, most] = [0, Number.POSITIVE_INFINITY, 0];
  /** The first bucket up to which the counts reach `share` of all. */
  const bucketAt = (share: number): number => {
    let left = Math.ceil(total * share);
    for (const [bucket, count] of counts.entries()) {
      left -= count;
      if (left <= 0 && count > 0) return bucket;
    }
    return counts.length - 1;
  };
  const percentile = (percent: number) =>
    total === 0 ? undefined : Math.min(most, upperEdge(bucketAt(percent / 100)));
  return {
    record(time) {
      const bucket = bucketOf(time);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      total += 1;
      least = Math.min(least, time);
      most = Math.max(most, time);
    },
    percentile,
    max: () => most,
    rows() {
      if (total === 0) return [];
      const rows = emptyRows(least, percentile(99) ?? most, most);
      let row = 0;
      for (const [bucket, count] of counts.entries()) {
        if (count === 0) continue;
        while (row < rows.length - 1 && lowerEdge(bucket) >= (rows[row]?.to ?? 0)) row += 1;
        const found = rows[row];
        if (found) found.count += count;
      }
      return rows;
    },
  };
}

function emptyRows(least: number, usual: number, most: number): LatencyRow[] {
  if (usual <= least) return [{ from: least, to: most, count: 0 }];
  const width = (usual - least) / (mostRows - 1);
  const rows = Array.from({ length: mostRows - 1 }, (_, index) => ({
    from: least + index * width,
    to: least + (index + 1) * width,
    count: 0,
  }));
  return most > usual ? [...rows, { from: usual, to: most, count: 0 }] : rows;
}

/** Up to 256 µs, each microsecond has its own bucket. Above that, the eight bits after the highest one choose the bucket. */
function bucketOf(time: number): number {
  const microseconds = Math.min(0xffff_ffff, Math.max(0, Math.round(time * 1000)));
  if (microseconds < steps) return microseconds;
  const shift = 31 - Math.clz32(microseconds) - stepBits;
  return (shift + 1) * steps + ((microseconds >>> shift) & (steps - 1));
}

/** In milliseconds. */
function lowerEdge(bucket: number): number {
  if (bucket < steps) return bucket / 1000;
  const shift = Math.floor(bucket / steps) - 1;
  return ((steps + (bucket % steps)) * 2 ** shift) / 1000;
}

const upperEdge = (bucket: number): number => lowerEdge(bucket + 1);
