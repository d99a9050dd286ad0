import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Header } from '../http/header.js';

/**
 * How to send a body, other than all at once with its length. `slow`: in two halves, `pause` milliseconds apart. `aborted`: its
 * first half, before the connection closes. `unheard`: all of it, before the connection closes without waiting
 * for the response.
 */
export type Transfer =
  { kind: 'chunked' } | { kind: 'slow'; pause: number } | { kind: 'aborted' } | { kind: 'unheard' };

/** Whether the sender closes the connection before the response. */
export const isGivenUp = (transfer: Transfer | undefined): boolean =>
  transfer?.kind === 'aborted' || transfer?.kind === 'unheard';

interface Framed {
  /** The header for the body's length; none for chunks. */
  headers: Header[];
  body: Uint8Array | Readable;
}

/** Returns a body for undici, and its headers. */
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
      return { headers: length, body: Readable.from(thenClosed(first)) };
    case 'unheard':
      return { headers: length, body: Readable.from(thenClosed(body)) };
  }
}

async function* pieces([first, second]: readonly [Uint8Array, Uint8Array], pause = 0): AsyncGenerator<Uint8Array> {
  yield first;
  if (pause > 0) await sleep(pause);
  yield second;
}

/** Milliseconds for the bytes to leave this process: unsent ones are lost with the connection. */
const departure = 20;

async function* thenClosed(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await sleep(departure);
  throw Object.assign(new Error('The sender has closed the connection.'), { code: 'ECONNABORTED' });
}
