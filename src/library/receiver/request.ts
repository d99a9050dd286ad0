import type { ValidationProblem } from '../events.js';
import type { Refusal } from '../../receiver/assessment.js';
import type { Header } from '../../http/header.js';
import type { Finding } from '../../scheme/explain/hypothesis.js';
import type { VerificationResult } from '../verify.js';

/** What a receiver did about a request: the status of its answer, or `drop` or `hang` where it gave none. */
export type GivenAnswer = number | 'drop' | 'hang';

/** A request that a receiver received. */
export interface WebhookRequest {
  /** 1 for the first that its receiver had all of. */
  readonly seq: number;
  readonly receivedAt: Date;
  readonly method: string;
  /** Its path and query, as they came. */
  readonly target: string;
  /** Names in lower case; the values of a repeated header are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** As they came, in their order and case, with repetitions. */
  readonly rawHeaders: readonly Header[];
  /** Byte for byte. Empty if it was too large to keep. */
  readonly body: Buffer;
  /** The parsed body; undefined if it isn't JSON. */
  readonly json: unknown;
  /** Whether it is verified, and for `fin` an event of Fin's, too. */
  readonly isAccepted: boolean;
  /** Undefined if it was refused before its signature was checked. */
  readonly verification: VerificationResult | undefined;
  /** The mistakes behind a signature that doesn't match. They are found a moment after the request has been answered. */
  readonly findings: readonly Finding[];
  /** What is wrong with the body of a verified event of Fin's. */
  readonly problems: readonly Pick<ValidationProblem, 'level' | 'code' | 'path' | 'words'>[];
  /** Why it was refused whatever its signature, such as `wrong-path`. */
  readonly refusal: Refusal | undefined;
  /** Undefined while a function that was given as `respond` makes up its mind. */
  readonly answer: GivenAnswer | undefined;
}

/** The same for those who fill it in. */
export type Filling = { -readonly [Key in keyof WebhookRequest]: WebhookRequest[Key] };
