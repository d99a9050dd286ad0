import type { Header } from '../http/header.js';
import type { Failure } from './failure.js';
import type { Transfer } from './transfer.js';

/** A request, ready to go out. */
export interface DeliveryRequest {
  method: string;
  url: URL;
  /** Goes into the request line byte for byte; the URL's own path and query if it isn't given. The host is always the URL's. */
  target?: string | undefined;
  headers: readonly Header[];
  body: Uint8Array;
  /** How the body goes out; all at once if it isn't given. */
  transfer?: Transfer | undefined;
}

export interface Reply {
  status: number;
  statusText: string;
  headers: Header[];
  /** The first MiB of it. */
  body: Uint8Array;
  isBodyCut: boolean;
}

/** A whole reply, and the milliseconds until it was there. */
export interface Answered {
  reply: Reply;
  milliseconds: number;
}

/** The outcome of sending one request once. A refusal by the receiver is a reply like any other. */
export type Attempt = Answered | { failure: Failure; milliseconds: number };
