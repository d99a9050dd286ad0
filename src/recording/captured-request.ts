import type { Header } from '../http/header.js';

/** A request from a capture, which may be incomplete. */
export interface CapturedRequest {
  method: string;
  /** The request target: a path, or a whole URL if the capture has one. */
  target: string;
  /** In order, in their case, with repetitions. */
  headers: readonly Header[];
  body: Uint8Array;
  /** `incomplete`: it was cut short. `inexact`: some bytes may differ from those that were sent. */
  fidelity: 'exact' | 'incomplete' | 'inexact';
  /** It was sent from here, rather than received. */
  wasSent?: boolean;
  /** RFC 3339. */
  receivedAt?: string;
  findings: readonly CaptureFinding[];
  /** What the receiver that recorded it made of it, where the capture has it, and it was asked for. */
  verdict?: RecordedVerdict;
  /** Where the capture has it, and it was asked for. */
  answer?: CapturedAnswer;
}

/**
 * Who answered a request: the receiver itself with the status of its verdict; the application behind it, whose answer is a
 * record of its own if there was one; or a plan of answers, which isn't recorded.
 */
export type AnsweredBy = 'receiver' | 'application' | 'plan';

/** What a receiver made of a request, as it recorded it. */
export interface RecordedVerdict {
  /** The status that it answers with by itself. */
  status?: number;
  /** Why it was refused before its signature was checked. */
  refusal?: string;
  /** `valid`, or what is wrong with the signature. */
  signature?: string;
  /** Undefined in recordings of older versions. */
  answeredBy?: AnsweredBy;
}

/** The answer to a captured request. */
export interface CapturedAnswer {
  status: number;
  headers: readonly Header[];
  body: Uint8Array;
  isWhole: boolean;
  /** How long it took, where that is known. */
  milliseconds?: number;
}

/** Odd, but no obstacle: bytes beyond the announced length, or headers whose values were left out of the recording. */
export type CaptureFinding = 'surplus-bytes' | 'headers-redacted';

/** A record of a recording that can't be used. */
export type CaptureDamage =
  /** It was never finished, so the request was never acknowledged either. */
  | { kind: 'torn' }
  /** It isn't what it was when it was written; `reason` in words. */
  | { kind: 'corrupt'; reason: string };

/** One thing that is in a capture. */
export type CaptureEntry = { kind: 'request'; request: CapturedRequest } | CaptureDamage;
