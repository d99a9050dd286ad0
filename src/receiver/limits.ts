/** The limits of a receiver. Times are in milliseconds, sizes in bytes. */
export interface Limits {
  headersTimeout: number;
  /** For the whole request. */
  requestTimeout: number;
  /** How often the two timeouts above are checked. */
  checkInterval: number;
  largestBody: number;
  /** For all bodies in memory at the same time. */
  largestTotal: number;
  /** For the rest of all requests in memory at the same time, mostly their headers. */
  largestHeads: number;
  /** The maximum number of requests on one connection that wait for a response. */
  longestLine: number;
  /** How long to wait for requests in flight when the receiver is closed. */
  grace: number;
  /** How long before the end of its grace period it stops waiting, since the last responses take a moment to send. */
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
