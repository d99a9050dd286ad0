import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Header } from '../http/header.js';

/**
 * How a body goes out, where it isn't at once and with its length: `slow` in two halves, `pause` milliseconds apart;
 * `aborted` after its first half, with the connection.
 */
export type Transfer = { kind: 'chunked' } | { kind: 'slow'; pause: number } | { kind: 'aborted' };

interface Outgoing {
  headers: Header[];
  body: Uint8Array | Readable;
}

export function outgoing(body: Uint8Array, transfer: Transfer | undefined): Outgoing {
  if (transfer === undefined) return { headers: [], body };
  const middle = Math.floor(body.length / 2);
  const [first, second] = [body.subarray(0, middle), body.subarray(middle)];
  // A stream whose length isn't told is sent in chunks.
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

/** Milliseconds for the first half to be on its way: what is still waiting in this process goes with the connection. */
const departure = 20;

async function* halfOf(half: Uint8Array): AsyncGenerator<Uint8Array> {
  yield half;
  await sleep(departure);
  throw Object.assign(new Error('The sender has closed the connection.'), { code: 'ECONNABORTED' });
}
