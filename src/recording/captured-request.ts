import type { Header } from '../http/header.js';

/** A request that was recorded somewhere, as far as its recording tells. */
export interface CapturedRequest {
  method: string;
  /** The request target: a path, or a whole URL where the recording has one. */
  target: string;
  /** In order, in their case, with repetitions. */
  headers: readonly Header[];
  body: Uint8Array;
  /** `incomplete`: it was cut short. `inexact`: some bytes may be others than those that were sent. */
  fidelity: 'exact' | 'incomplete' | 'inexact';
  /** It was sent from here, rather than received. */
  wasSent?: boolean;
  /** RFC 3339. */
  receivedAt?: string;
  findings: readonly CaptureFinding[];
}

/** Odd, but no obstacle: bytes beyond the announced length, or headers that were left out when it was recorded. */
export type CaptureFinding = 'surplus-bytes' | 'headers-redacted';

/** What comes out of a recording, one after the other. */
export type CaptureEntry =
  | { kind: 'request'; request: CapturedRequest }
  /** A record that was never finished, so it was never acknowledged either. */
  | { kind: 'torn' }
  /** A record that isn't what it was when it was written; `reason` in words. */
  | { kind: 'corrupt'; reason: string };
