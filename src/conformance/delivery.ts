import type { Header } from '../http/header.js';
import type { Transfer } from '../sender/transfer.js';

/** One request of a case. The target and the user's own headers are added when it is sent. */
export interface Delivery {
  /** Distinguishes it from the other deliveries of its case. */
  label?: string | undefined;
  method: string;
  headers: readonly Header[];
  body: Uint8Array;
  transfer?: Transfer | undefined;
  /** Copies to send at once; 1 by default. */
  copies?: number | undefined;
  /** Required content of the response. */
  answer?: readonly AnswerPart[] | undefined;
}

/** A text that a response must contain, and its kind. */
export interface AnswerPart {
  text: string;
  is: 'challenge' | 'hmac';
}
