import type { EventSummary } from '../event/summary.js';
import type { Answered } from '../recording/answered.js';
import type { CaptureFinding } from '../recording/captured-request.js';
import type { Diagnosis } from '../scheme/explain/diagnose.js';
import type { SignatureReason } from '../scheme/scheme.js';

/** The file that a report is about, and the number of files that are verified. */
export interface Source {
  file: string;
  files: number;
}

/** Why a mismatch proves nothing. */
export type InconclusiveReason = 'body-incomplete' | 'body-not-exact';

/** The result for one request. */
export interface VerificationReport extends Source {
  type: 'verification';
  /** Its position in the file, from 1. */
  index: number;
  /** RFC 3339, if the capture has it. */
  receivedAt?: string | undefined;
  event: EventSummary;
  bytes: number;
  /** Null if the signature can't be verified. */
  valid: boolean | null;
  /** The origin of the secret that matched. */
  secret?: string;
  algorithm?: string;
  /** False if the capture has no time, so a signature of any age is valid. */
  isTimeChecked?: false | undefined;
  reason?: SignatureReason | InconclusiveReason;
  /** When it was signed, RFC 3339, if its time is the problem. */
  signedAt?: string;
  /** The time it was compared with, RFC 3339, if not the time of receipt. */
  comparedWith?: string;
  /** The scheme that its headers belong to instead. */
  looksLike?: string;
  /** What explains a mismatch. */
  diagnosis?: Diagnosis;
  findings: readonly CaptureFinding[];
  /** Its response, if the capture has it and it was requested. */
  answer?: Answered | undefined;
}

/** One request, checked on its own. */
export interface CheckedRequest {
  report: VerificationReport;
  /** The body that was signed instead, if the search for the cause found it. */
  signedBody: Uint8Array | undefined;
}

/** A record that can't be read. */
export interface DamageReport extends Source {
  type: 'damage';
  kind: 'torn' | 'corrupt';
  reason?: string;
}

/** The result for one entry of a capture. */
export type EntryReport = VerificationReport | DamageReport;
