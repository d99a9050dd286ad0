import type { Header } from '../http/header.js';

/** What is signed or verified: a request, or as much of it as there is. */
export interface Message {
  method: string;
  /** The URL that it is sent to, for schemes that sign it. */
  url?: URL;
  /** As they go over the wire: in any case, with repetitions. */
  headers: readonly Header[];
  body: Uint8Array;
}
