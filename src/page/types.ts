import type { ExchangeReport, WholeExchange } from '../exchange/reports.js';
import type { Header } from '../http/header.js';
import type { VerdictKind } from '../exchange/verdict.js';

/** What the page is about. */
export interface PageInfo {
  title: string;
  kind: 'listener' | 'recording';
  /** The name of the signature scheme. */
  scheme: string;
  /** The URL that replays go to; null if nothing can be replayed. */
  target: string | null;
  /** Whether there is a secret to sign replays with. */
  canSign: boolean;
}

/** One request in full. */
export interface PageExchange extends ExchangeReport {
  whole: WholeExchange;
  /** A curl command that sends the same request; empty if it can't be sent. */
  curl: string;
  why: Why;
  /** The places where the body differs from what was signed, if the cause reveals them. */
  marks: Mark[];
  /** The number of the previous request about the same customer, or of the same type if no customer is named. */
  previous: number | null;
  /** What happened when it was forwarded. */
  forwarded?: ForwardedFacts;
}

/** A line below a verdict: a label and a sentence. */
export interface Fact {
  name: string;
  words: string;
}

export interface Why {
  kind: VerdictKind;
  /** Its code, if it wasn't accepted. */
  reason?: string;
  /** The scheme whose headers it has instead of the expected ones. */
  looksLike?: string;
  facts: Fact[];
}

/** A place in a text that differs from what was signed, in UTF-16 units. `missing`: what was signed there instead. */
export interface Mark {
  start: number;
  end: number;
  missing?: string;
}

export interface ForwardedFacts {
  /** The URL that the application was sent. */
  url: string;
  /** Null if it didn't respond. */
  status: number | null;
  milliseconds: number;
  /** Why it didn't. */
  failure?: string;
}

/** The outcome of a replay. */
export interface ReplayAnswer {
  /** Null if there was no response. */
  status: number | null;
  milliseconds: number;
  headers: Header[];
  bodyBase64: string;
  /** False if it was longer and was cut off. */
  isWhole: boolean;
  /** Why there was no response. */
  error?: { words: string; hint?: string };
}
