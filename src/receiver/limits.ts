/** What a receiver tolerates. Times are in milliseconds, sizes in bytes. */
export interface Limits {
  headersTimeout: number;
  /** For the whole request. */
  requestTimeout: number;
  /** How often the two timeouts above are checked. */
  checkInterval: number;
  largestBody: number;
  /** For all bodies that are held at the same time. */
  largestTotal: number;
  /** For everything else that is held of requests at the same time: mostly their headers. */
  largestHeads: number;
  /** How many requests of one connection may wait for their answers. */
  longestLine: number;
  /** How long to wait for requests in flight when the receiver is closed. */
  grace: number;
  /** How long before the end of its grace it stops waiting: the last answers take a moment to go out. */
  notice: number;
}

export const usualLimits: Limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  checkInterval: 1000,
  largestBody: 1024 * 1024,
  largestTotal: 64 * 1024 * 1024,
  largestHeads: 12 * 1024 * 1024,
  longestLine: 100,
  grace: 4500,
  notice: 500,
};
