import type { Header } from '../http/header.js';

/** A request as it arrived, byte for byte. */
export interface ReceivedRequest {
  /** 1 for the first request of its receiver. */
  seq: number;
  receivedAt: Date;
  method: string;
  target: string;
  httpVersion: string;
  /** In the original order and case, with repetitions. */
  headers: readonly Header[];
  /** Address and port of the client. */
  remote: string;
  /** Empty if it was too large to keep. */
  body: Uint8Array;
  /** Why the body isn't complete. */
  flaw?: 'body-incomplete' | 'body-too-large' | 'too-many-bodies';
}

/** Bytes from a client that aren't a request, or one request too many. The receiver has responded to them. */
export interface ProtocolError {
  receivedAt: Date;
  reason:
    'not-http' | 'tls' | 'http2' | 'ambiguous' | 'connect' | 'headers-too-large' | 'too-slow' | 'too-many-requests';
  /** The status of the response. */
  status: number;
}
