import type { Placed } from '../exchange/exchange.js';
import type { ExchangeReport } from '../exchange/reports.js';
import type { ForwardedFacts } from './types.js';

/** A request that the page can show. Its position is its number on the page. */
export interface Kept extends Placed {
  /** Its entry in the list, if already known. */
  report?: ExchangeReport;
  forwarded?: ForwardedFacts;
}

/** Where the page's requests come from. */
export interface PageSource {
  /** The highest request number; 0 if there are none. */
  total: () => Promise<number>;
  /** All requests with a number below `before`, newest first, in batches. */
  backwards: (before: number) => AsyncIterable<readonly Kept[]>;
  /** Undefined if there is no such request, or it is no longer kept. */
  find: (position: number) => Promise<Kept | undefined>;
  close: () => Promise<void>;
}
