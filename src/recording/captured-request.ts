import type { Header } from '../http/header.js';

/** A request from a capture, which may be incomplete. */
export interface CapturedRequest {
  method: string;
  /** The request target: a path, or a whole URL if the capture has one. */
  target: string;
  /** In the original order and case, with repetitions. */
  headers: readonly Header[];
  body: Uint8Array;
  /** `incomplete`: it was cut short. `inexact`: some bytes may differ from those sent. */
  fidelity: 'exact' | 'incomplete' | 'inexact';
  /** It was sent, not received. */
  wasSent?: boolean;
  /** RFC 3339. */
  receivedAt?: string;
  findings: readonly CaptureFinding[];
  /** What followed the announced length, if the capture has it. */
  surplus?: Uint8Array;
  /** The recording receiver's verdict, if the capture has it and it was requested. */
  verdict?: RecordedVerdict;
  /** Set if the capture has it and it was requested. */
  answer?: CapturedAnswer;
}

/**
 * Who responded to a request: the receiver itself with the status of its verdict; the application behind it, whose
 * response is a separate record if there was one; or a plan of responses, which isn't recorded.
 */
export type AnsweredBy = 'receiver' | 'application' | 'plan';

/** A receiver's recorded verdict on a request. */
export interface RecordedVerdict {
  /** The status of its own response. */
  status?: number;
  /** Why it was refused before its signature was checked. */
  refusal?: string;
  /** `valid`, or the problem of the signature. */
  signature?: string;
  /** Undefined in recordings of older versions. */
  answeredBy?: AnsweredBy;
}

/** The response to a captured request. */
export interface CapturedAnswer {
  status: number;
  headers: readonly Header[];
  body: Uint8Array;
  isWhole: boolean;
  /** How long it took, if known. */
  milliseconds?: number;
}

/** Odd but harmless: bytes beyond the announced length, or headers redacted from the recording. */
export type CaptureFinding = 'surplus-bytes' | 'headers-redacted';

/** An unusable record. */
export type CaptureDamage =
  /** It was never finished, so the request was never acknowledged. */
  | { kind: 'torn' }
  /** It was changed after it was written; `reason` in words. */
  | { kind: 'corrupt'; reason: string };

/** One entry of a capture. */
export type CaptureEntry = { kind: 'request'; request: CapturedRequest } | CaptureDamage;
