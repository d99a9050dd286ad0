import type { ExchangeReport } from '../../exchange/reports.js';
import type { PageExchange, PageInfo, ReplayAnswer } from '../types.js';

interface Listed {
  /** The highest request number; 0 if there are none. */
  total: number;
  /** Newest first. */
  requests: ExchangeReport[];
}

interface Query {
  text: string;
  /** `path=value`; empty matches anything. */
  match: string;
}

export interface Replay {
  isSigned: boolean;
  /** Replaces the recorded one. */
  body?: Uint8Array;
}

/** How the page is connected to what it shows. `still`: nothing new will arrive. */
export type Connection = 'still' | 'live' | 'reconnecting' | 'lost';

export interface Follower {
  onExchange: (report: ExchangeReport) => void;
  /** The stream was opened; it doesn't include earlier requests. */
  onOpen: () => void;
  onConnection: (connection: Connection) => void;
}

/** Where the page's requests come from: a server, or the page's own file. Every function may fail with a Problem. */
export interface Source {
  info: PageInfo;
  /** Requests with a number below `before`, or the newest. */
  list: (range: { before?: number; limit: number }) => Promise<Listed>;
  show: (position: number) => Promise<PageExchange>;
  /** Request numbers, newest first, at most 1,000. */
  search: (query: Query, signal: AbortSignal) => Promise<number[]>;
  replay: (position: number, replay: Replay) => Promise<ReplayAnswer>;
  follow: (follower: Follower) => void;
}

/** What failed, in words for the reader. */
export class Problem extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem("webhook-cli isn't responding", 'check that it is still running');
