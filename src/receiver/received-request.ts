import type { Header } from '../http/header.js';

/** A request as it came in, byte for byte. */
export interface ReceivedRequest {
  /** 1 for the first. */
  seq: number;
  receivedAt: Date;
  method: string;
  target: string;
  httpVersion: string;
  /** In order, in their case, with repetitions. */
  headers: readonly Header[];
  /** Address and port of the client. */
  remote: string;
  /** Empty if it was too large to keep. */
  body: Uint8Array;
  /** Why the body isn't all that was sent. */
  flaw?: 'body-incomplete' | 'body-too-large' | 'too-many-bodies';
}

/** What is done about a request: an answer, the connection cut without one, or nothing for as long as the client waits. */
export type Action = Answer | 'drop' | 'hang';

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Of another server, to be handed on as it is; else the words of the status. */
  content?: { headers: readonly Header[]; body: Uint8Array };
}

/**
 * Called once for every request, whatever is wrong with it. Never rejects. Once `ending` is aborted, there is just time to
 * say so.
 */
export type Respond = (request: ReceivedRequest, ending: AbortSignal) => Response | Promise<Response>;

export interface Response {
  action: Action;
  /** Milliseconds to wait before it. */
  delay?: number;
  /** Called when the answer is on its way, or there won't be one. */
  settled: (settlement: Settlement) => void;
}

interface Settlement {
  /** Since the head was read. */
  milliseconds: number;
  /** Whether the client left before its answer was on its way. */
  isGone: boolean;
}

/** Something that isn't a request that can be answered by `Respond`. */
export interface ProtocolError {
  receivedAt: Date;
  reason: 'not-http' | 'tls' | 'connect' | 'headers-too-large' | 'too-slow';
  /** Of the answer. */
  status: number;
}
