import type { ExchangeReport, WholeExchange } from '../exchange/reports.js';
import type { Header } from '../http/header.js';
import type { VerdictKind } from '../exchange/verdict.js';

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
  why: Why;
  /** The places of the body that differ from what was signed, where the cause says which. */
  marks: Mark[];
  /** The number of the request before it that is about the same customer, or of the same type where no customer is named. */
  previous: number | null;
  /** What happened when it was forwarded. */
  forwarded?: ForwardedFacts;
}

/** A line below a verdict: what it is about, and a sentence. */
export interface Fact {
  name: string;
  words: string;
}

export interface Why {
  kind: VerdictKind;
  /** Its code, if it wasn't accepted. */
  reason?: string;
  /** The scheme whose headers it has instead of those that are missing. */
  looksLike?: string;
  facts: Fact[];
}

/** A place in a text that isn't what was signed, in UTF-16 units. `missing`: what was signed there instead. */
export interface Mark {
  start: number;
  end: number;
  missing?: string;
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
