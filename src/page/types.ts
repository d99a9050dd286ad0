import type { ExchangeReport, WholeExchange } from '../exchange/reports.js';
import type { Header } from '../http/header.js';

/** What the page is about. */
export interface PageInfo {
  title: string;
  kind: 'listener' | 'recording';
  /** The name of the signature scheme. */
  scheme: string;
  /** The URL that replays go to; null: nothing can be replayed. */
  target: string | null;
  /** Whether there is a secret to sign replays with. */
  canSign: boolean;
}

/** One request with all that is known of it. */
export interface PageExchange extends ExchangeReport {
  whole: WholeExchange;
  /** A command line that sends the same request; empty if it can't be sent. */
  curl: string;
  /** The number of the request before it that is about the same customer, or of the same type where no customer is named. */
  previous: number | null;
  /** What happened when it was forwarded. */
  forwarded?: ForwardedFacts;
}

export interface ForwardedFacts {
  /** What the application was asked for. */
  url: string;
  /** Null: it didn't answer. */
  status: number | null;
  milliseconds: number;
  /** Why it didn't. */
  failure?: string;
}

/** What came of a replay. */
export interface ReplayAnswer {
  /** Null: there was no answer. */
  status: number | null;
  milliseconds: number;
  headers: Header[];
  bodyBase64: string;
  /** False: it was longer, and the rest of it was cut. */
  isWhole: boolean;
  /** Why there was no answer. */
  error?: { words: string; hint?: string };
}
