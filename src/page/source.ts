import type { Placed } from '../exchange/exchange.js';
import type { ExchangeReport } from '../exchange/reports.js';
import type { ForwardedFacts } from './types.js';

/** A request that the page can show. Its position is the number that the page has for it. */
export interface Kept extends Placed {
  /** What it is in the list, if that is known already. */
  report?: ExchangeReport;
  forwarded?: ForwardedFacts;
}

/** Where the page's requests come from. */
export interface PageSource {
  /** The highest number of a request; 0: there is none. */
  total: () => Promise<number>;
  /** All requests with a number below `before`, newest first, some at a time. */
  backwards: (before: number) => AsyncIterable<readonly Kept[]>;
  /** Undefined: there is no such request, or it is no longer kept. */
  find: (position: number) => Promise<Kept | undefined>;
  close: () => Promise<void>;
}
