/**
 * Numbers for what a receiver hears, in the order in which it came: its requests have numbers of their own, and what isn't a
 * request comes between them.
 */
export interface Numbers {
  /** The number on the page of the request with this number of the receiver's. It stays, once the request was answered. */
  ofRequest: (seq: number) => number;
  /** Notes that a request was answered. */
  answered: (seq: number) => void;
  /** The number of what comes now, and isn't a request. */
  next: () => number;
}

export function createNumbers(): Numbers {
  /** After which request others came, and how many of them there were up to then. However many come in a row, it is one entry. */
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
