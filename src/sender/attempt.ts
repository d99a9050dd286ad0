import type { Header } from '../http/header.js';
import type { Failure } from './failure.js';
import type { Transfer } from './transfer.js';

/** A request, ready to send. */
export interface DeliveryRequest {
  method: string;
  url: URL;
  /** The target of the request line, byte for byte; default: the URL's path and query. The host is always the URL's. */
  target?: string | undefined;
  headers: readonly Header[];
  body: Uint8Array;
  /** How to send the body; default: all at once. */
  transfer?: Transfer | undefined;
}

export interface Reply {
  status: number;
  statusText: string;
  headers: Header[];
  /** Its first MiB. */
  body: Uint8Array;
  isBodyCut: boolean;
}

/** A complete response, and the milliseconds until it arrived. */
export interface Answered {
  reply: Reply;
  milliseconds: number;
}

/** The outcome of sending one request once. A refusal by the receiver is a response like any other. */
export type Attempt = Answered | { failure: Failure; milliseconds: number };
