import type { EventSummary } from '../event/summary.js';
import type { Header } from '../http/header.js';
import type { Answered } from '../recording/answered.js';
import type { VerificationReport } from './verification.js';

/** Whether a request was accepted. */
export interface VerdictFinding {
  /** `recording`: the receiver's verdict when it recorded the request; `check`: the signature was checked now. */
  by: 'recording' | 'check';
  /** Null if unknown. */
  isAccepted: boolean | null;
  /** Why it was refused: its signature, its body or how it was sent. */
  reason?: string;
}

/** One request, and its response. */
export interface ExchangeReport {
  type: 'exchange';
  file: string;
  /** Its position in the file, from 1. */
  index: number;
  /** RFC 3339, if the capture has it. */
  receivedAt?: string;
  method: string;
  target: string;
  event: EventSummary;
  bytes: number;
  /** Null if the capture has no verdict, and there is no secret to check the signature with. */
  verdict: VerdictFinding | null;
  /** Null if the capture doesn't say which response it got. */
  answer: Answered | null;
  /** A request selected by its position. */
  whole?: WholeExchange;
}

/** A request and its response in full, without credentials. */
export interface WholeExchange {
  headers: Header[];
  bodyBase64: string;
  /** What `verify` reports of its signature; null if there is no secret to check it with. */
  signature: VerificationReport | null;
  answer: { headers: Header[]; bodyBase64: string; isWhole: boolean } | null;
}

/** The differences between two requests. */
export interface DifferenceReport {
  type: 'difference';
  file: string;
  /** Their positions. In each pair below, the first value belongs to the first request. */
  positions: readonly [number, number];
  method?: Pair;
  target?: Pair;
  /** By name, in lower case. */
  headers: { name: string; values: readonly [string[], string[]] }[];
  body: BodyDifference;
}

export type Pair = readonly [string, string];

export type BodyDifference =
  | { form: 'same' }
  /** By path. Empty if the bodies are the same JSON, written differently. */
  | { form: 'json'; changes: JsonChange[] }
  | { form: 'text'; lines: { kind: 'same' | 'added' | 'removed'; text: string }[] }
  /** The bodies aren't text, or are too large or too different to compare. */
  | { form: 'bytes'; bytes: readonly [number, number] };

export interface JsonChange {
  kind: 'added' | 'removed' | 'changed';
  path: (string | number)[];
  before?: unknown;
  after?: unknown;
}
