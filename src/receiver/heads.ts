import type { IncomingMessage } from 'node:http';

/** The memory that requests take up besides their bodies, from their arrival until they are done with. */
export interface Heads {
  /** Counts a request until the function that it returns is called. */
  hold: (message: IncomingMessage) => () => void;
  /**
   * Whether there are more than may be held. Requests that come behind others on their connection may take up half of the room,
   * so that one is left for clients that send one at a time.
   */
  areTooMany: (isBehindOthers: boolean) => boolean;
}

/** In bytes, roughly: what Node and the receiver keep of a request without headers. */
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
