/** What a listener puts up with. Times are in milliseconds, sizes in bytes. */
export interface Limits {
  headersTimeout: number;
  /** For the whole request. */
  requestTimeout: number;
  /** How often the two above are looked at. */
  checkInterval: number;
  largestBody: number;
  /** Of all bodies that are held at one time. */
  largestTotal: number;
  /** For what is in flight when the listener is closed. */
  grace: number;
  /** How long before its end nothing is waited for any more: an answer takes a moment to go out. */
  notice: number;
}

export const usualLimits: Limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  checkInterval: 1000,
  largestBody: 1024 * 1024,
  largestTotal: 64 * 1024 * 1024,
  grace: 5000,
  notice: 500,
};
