import type { Header } from '../http/header.js';

/** What is signed or verified: a request, or the known parts of it. */
export interface Message {
  method: string;
  /** The URL it is sent to, for schemes that sign it. */
  url?: URL;
  /** The request target of a received request; with the Host header, it gives the URL. */
  target?: string | undefined;
  /** As on the wire: in upper or lower case, possibly repeated. */
  headers: readonly Header[];
  body: Uint8Array;
}

/**
 * Values that a scheme may sign besides the message, as written in the headers. Empty if the scheme doesn't have them.
 */
export interface SignedValues {
  timestamp: string;
  id: string;
}
