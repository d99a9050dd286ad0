import type { Header } from '../http/header.js';

/** What is signed or verified: a request, or as much of it as there is. */
export interface Message {
  method: string;
  /** The URL that it is sent to, for schemes that sign it. */
  url?: URL;
  /** The request target of one that was received: with the host that its headers name, it makes the URL. */
  target?: string | undefined;
  /** As they go over the wire: in any case, with repetitions. */
  headers: readonly Header[];
  body: Uint8Array;
}

/** What a scheme may sign besides the message, as it is written in the headers. Empty where the scheme has no such thing. */
export interface SignedValues {
  timestamp: string;
  id: string;
}
