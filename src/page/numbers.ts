/**
 * Page numbers for everything that a receiver gets, in order of arrival: the receiver numbers its requests, and anything
 * that isn't a request is numbered in between.
 */
export interface Numbers {
  /** The page number of the receiver's request `seq`. It no longer changes once the request has its response. */
  ofRequest: (seq: number) => number;
  /** Notes that a request has its response. */
  answered: (seq: number) => void;
  /** The number for something that comes now and isn't a request. */
  next: () => number;
}

export function createNumbers(): Numbers {
  /** The request after which others came, and the total of others up to then. Any number in a row make one entry. */
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
