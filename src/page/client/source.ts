import type { ExchangeReport } from '../../exchange/reports.js';
import type { PageExchange, PageInfo, ReplayAnswer } from '../types.js';

interface Listed {
  /** The highest number of a request; 0: there is none. */
  total: number;
  /** Newest first. */
  requests: ExchangeReport[];
}

interface Query {
  text: string;
  /** `path=value`; empty: anything. */
  match: string;
}

export interface Replay {
  isSigned: boolean;
  /** Takes the place of the recorded one. */
  body?: Uint8Array;
}

/** How the page is connected to what it shows. `still`: nothing more comes. */
export type Connection = 'still' | 'live' | 'reconnecting' | 'lost';

export interface Follower {
  onExchange: (report: ExchangeReport) => void;
  /** The stream was opened: what came before isn't in it. */
  onOpen: () => void;
  onConnection: (connection: Connection) => void;
}

/** Where the page's requests come from: a server, or the page's own file. Every function may fail with a Problem. */
export interface Source {
  info: PageInfo;
  /** Requests with a number below `before`, or the newest. */
  list: (range: { before?: number; limit: number }) => Promise<Listed>;
  show: (position: number) => Promise<PageExchange>;
  /** Numbers of requests, newest first, and 1,000 at most. */
  search: (query: Query, signal: AbortSignal) => Promise<number[]>;
  replay: (position: number, replay: Replay) => Promise<ReplayAnswer>;
  follow: (follower: Follower) => void;
}

/** What can't be done, in words for the reader. */
export class Problem extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('webhook-cli does not answer', 'check that it is still running');
