import type { IncomingMessage } from 'node:http';

/** The memory of requests besides their bodies, from arrival until they are finished. */
export interface Heads {
  /** Counts a request until the returned function is called. */
  hold: (message: IncomingMessage) => () => void;
  /**
   * Whether the limit is exceeded. Pipelined requests may only use half of the room,
   * which leaves the rest to clients that send one at a time.
   */
  areTooMany: (isBehindOthers: boolean) => boolean;
}

/** In bytes, roughly: the memory of a request without headers. */
const usualWeight = 2048;

/** `most` is in bytes. */
export function countHeads(most: number): Heads {
  let held = 0;
  return {
    hold({ url = '', rawHeaders }) {
      let weight = usualWeight + url.length;
      for (const text of rawHeaders) weight += text.length;
      held += weight;
      return () => {
        held -= weight;
        weight = 0;
      };
    },
    areTooMany: isBehindOthers => held > (isBehindOthers ? most / 2 : most),
  };
}
