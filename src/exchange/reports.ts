import type { EventSummary } from '../event/summary.js';
import type { Header } from '../http/header.js';
import type { Answered } from '../recording/answered.js';
import type { VerificationReport } from './verification.js';

/** Whether a request was accepted. */
export interface VerdictFinding {
  /** `recording`: the receiver said so when it recorded the request; `check`: the signature was checked now. */
  by: 'recording' | 'check';
  /** Null if unknown. */
  isAccepted: boolean | null;
  /** Why it wasn't: for its signature, its body or how the request was sent. */
  reason?: string;
}

/** One request, and its answer. */
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
  /** Null: the capture has no verdict, and there is no secret to check the signature. */
  verdict: VerdictFinding | null;
  /** Null: the capture doesn't say how it was answered. */
  answer: Answered | null;
  /** A request selected by its position. */
  whole?: WholeExchange;
}

/** A request and its answer in full, without credentials. */
export interface WholeExchange {
  headers: Header[];
  bodyBase64: string;
  /** What `verify` says of its signature; null: there is no secret to check it with. */
  signature: VerificationReport | null;
  answer: { headers: Header[]; bodyBase64: string; isWhole: boolean } | null;
}

/** The differences between two requests. */
export interface DifferenceReport {
  type: 'difference';
  file: string;
  /** Their positions. The first of each pair below is of the first. */
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
  /** By path. Without changes, the bodies are the same JSON, and written differently. */
  | { form: 'json'; changes: JsonChange[] }
  | { form: 'text'; lines: { kind: 'same' | 'added' | 'removed'; text: string }[] }
  /** They aren't text, or too large or too different to compare them. */
  | { form: 'bytes'; bytes: readonly [number, number] };

export interface JsonChange {
  kind: 'added' | 'removed' | 'changed';
  path: (string | number)[];
  before?: unknown;
  after?: unknown;
}
