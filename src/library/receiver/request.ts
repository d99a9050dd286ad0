import type { ValidationProblem } from '../events.js';
import type { Refusal } from '../../receiver/assessment.js';
import type { Header } from '../../http/header.js';
import type { Finding } from '../../scheme/explain/hypothesis.js';
import type { VerificationResult } from '../verify.js';

/** How a receiver responded to a request: with a status, or with `drop` or `hang` if it sent no response. */
export type GivenAnswer = number | 'drop' | 'hang';

/** A request that a receiver received. */
export interface WebhookRequest {
  /** Counts from 1, in the order in which requests were completed. */
  readonly seq: number;
  readonly receivedAt: Date;
  readonly method: string;
  /** Its path and query, as received. */
  readonly target: string;
  /** Names in lower case; the values of a repeated header are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** As received: in their order and case, possibly repeated. */
  readonly rawHeaders: readonly Header[];
  /** Byte for byte. Empty if it was too large to keep. */
  readonly body: Buffer;
  /** The parsed body; undefined if it isn't JSON. */
  readonly json: unknown;
  /** Whether it is verified and, for `fin`, also a valid Fin event. */
  readonly isAccepted: boolean;
  /** Undefined if it was refused before its signature was checked. */
  readonly verification: VerificationResult | undefined;
  /** The causes of a signature mismatch. They are found shortly after the response was sent. */
  readonly findings: readonly Finding[];
  /** The problems in the body of a verified Fin event. */
  readonly problems: readonly Pick<ValidationProblem, 'level' | 'code' | 'path' | 'words'>[];
  /** Why it was refused regardless of its signature, such as `wrong-path`. */
  readonly refusal: Refusal | undefined;
  /** Undefined until a `respond` function has decided. */
  readonly answer: GivenAnswer | undefined;
}

/** The writable form, for the code that fills it in. */
export type Filling = { -readonly [Key in keyof WebhookRequest]: WebhookRequest[Key] };
