/**
 * Numbers everything on the page in order of arrival: requests, which the receiver has numbered itself, and anything
 * else that it got.
 */
export interface Numbers {
  /** The page number of the receiver's request `seq`. It no longer changes once the request has its response. */
  ofRequest: (seq: number) => number;
  /** Notes that a request has its response. */
  answered: (seq: number) => void;
  /** The number for something that arrives now and isn't a request. */
  next: () => number;
}

export function createNumbers(): Numbers {
  /**
   * A request directly followed by something else, and the number of such entries up to then. Several in a row
   * share one entry.
   */
  const others: { after: number; count: number }[] = [];
  let highest = 0;
  return {
    ofRequest: seq => seq + (others.findLast(({ after }) => after < seq)?.count ?? 0),
    answered(seq) {
      if (seq > highest) highest = seq;
    },
    next() {
      const last = others.at(-1);
      const count = (last?.count ?? 0) + 1;
      if (last?.after === highest) last.count = count;
      else others.push({ after: highest, count });
      return highest + count;
    },
  };
}
