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
  /** Where the capture has it, and it was asked for. */
  answer?: CapturedAnswer;
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
