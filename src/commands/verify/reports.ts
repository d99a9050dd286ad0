import type { CaptureFinding } from '../../recording/captured-request.js';
import type { EventSummary } from '../../event/summary.js';
import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import type { SignatureReason } from '../../scheme/scheme.js';

/** Why nothing can be said of a request's signature. */
export type Obstacle = 'body-incomplete' | 'body-not-exact';

/** One captured request, judged. */
export interface VerificationReport {
  type: 'verification';
  file: string;
  /** How many are judged. */
  files: number;
  /** Its position in the file, from 1. */
  index: number;
  /** RFC 3339, where the recording tells. */
  receivedAt?: string | undefined;
  event: EventSummary;
  bytes: number;
  /** Null: it can't be told. */
  valid: boolean | null;
  /** What the secret that fitted is called. */
  secret?: string;
  algorithm?: string;
  reason?: SignatureReason | Obstacle;
  /** What explains a mismatch. */
  diagnosis?: Diagnosis;
  findings: readonly CaptureFinding[];
}

/** A record that can't be read. */
export interface DamageReport {
  type: 'damage';
  file: string;
  files: number;
  kind: 'torn' | 'corrupt';
  reason?: string;
}

export interface VerifySummaryReport {
  type: 'summary';
  /** Requests that were read. */
  read: number;
  /** Records that couldn't be. */
  skipped: number;
  valid: number;
  invalid: number;
  unjudgeable: number;
}

export type VerifyReport = VerificationReport | DamageReport | VerifySummaryReport;
