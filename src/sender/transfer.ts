import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Header } from '../http/header.js';

/**
 * How a body goes out, if not all at once and with its length. `slow`: in two halves, `pause` milliseconds apart. `aborted`: its
 * first half only, and then the connection is closed.
 */
export type Transfer = { kind: 'chunked' } | { kind: 'slow'; pause: number } | { kind: 'aborted' };

interface Framed {
  /** About the length of the body; none for chunks. */
  headers: Header[];
  body: Uint8Array | Readable;
}

/** Returns a body as undici takes it, and the headers that go with it. */
export function framed(body: Uint8Array, transfer: Transfer | undefined): Framed {
  if (transfer === undefined) return { headers: [], body };
  const middle = Math.floor(body.length / 2);
  const first = body.subarray(0, middle);
  const second = body.subarray(middle);
  // A stream without a length is sent in chunks.
  const length: Header[] = [['content-length', String(body.length)]];
  switch (transfer.kind) {
    case 'chunked':
      return { headers: [], body: Readable.from(pieces([first, second])) };
    case 'slow':
      return { headers: length, body: Readable.from(pieces([first, second], transfer.pause)) };
    case 'aborted':
      return { headers: length, body: Readable.from(halfOf(first)) };
  }
}

async function* pieces([first, second]: readonly [Uint8Array, Uint8Array], pause = 0): AsyncGenerator<Uint8Array> {
  yield first;
  if (pause > 0) await sleep(pause);
  yield second;
}

/** Milliseconds that the first half has to leave: what this process still holds is lost with the connection. */
const departure = 20;

async function* halfOf(half: Uint8Array): AsyncGenerator<Uint8Array> {
  yield half;
  await sleep(departure);
  throw Object.assign(new Error('The sender has closed the connection.'), { code: 'ECONNABORTED' });
}
