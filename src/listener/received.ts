import type { Header } from '../delivery/header.js';

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
  /** Empty if it was too large to keep. */
  body: Uint8Array;
  /** Why the body isn't all that was sent. */
  flaw?: 'body-incomplete' | 'body-too-large' | 'too-many-bodies';
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
}

/** Called once for every request, whatever is wrong with it. */
export type Respond = (request: ReceivedRequest) => {
  answer: Answer;
  /** Called when the answer is on its way, or the client is gone; `milliseconds` since the head was read. */
  settled: (milliseconds: number) => void;
};
