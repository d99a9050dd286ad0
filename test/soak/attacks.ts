import { once } from 'node:events';
import { connect } from 'node:net';
import { approved, signatureOf } from '../support/listening.js';

const lines = (...head: string[]) => ['POST / HTTP/1.1', 'host: x', ...head, '', ''].join('\r\n');
const signature = Object.entries(signatureOf(approved)).map(([name, value]) => `${name}: ${value}`);
const good = (...head: string[]) =>
  Buffer.concat([Buffer.from(lines(...signature, ...head, `content-length: ${approved.length}`)), approved]);

const levels = 2800;
const deep = `${'{"":'.repeat(levels)}1${'}'.repeat(levels)}`;
const unsignedDeep =
  lines(`x-fin-signature: ${'5'.repeat(64)}`, `content-length: ${deep.length}`, 'connection: close') + deep;

/** Heads of 15 KB, queued behind a response that doesn't come. */
const manyHeads = Buffer.concat(
  Array<Buffer>(100).fill(
    Buffer.from(
      good(`x: ${'a'.repeat(15_000)}`)
        .toString('latin1')
        .replace('POST /', 'POST /hang'),
      'latin1',
    ),
  ),
);

export interface Attack {
  name: string;
  /** What each client sends on one connection after the other. */
  bytes: readonly (Uint8Array | string)[];
  /** How many clients do so at once. */
  clients: number;
  /** Milliseconds between two connections of a client. */
  pause: number;
  /** Whether the listener forwards to an application that doesn't respond to requests for `/hang`. */
  isForwarded?: true;
}

export const attacks: readonly Attack[] = [
  { name: 'garbage after a good request', bytes: [good(), '\u0000\u0001rubbish\r\n\r\n'], clients: 2, pause: 50 },
  {
    name: 'pipelined heads behind a response that does not come',
    bytes: Array<Buffer>(10).fill(manyHeads),
    clients: 4,
    pause: 1000,
    isForwarded: true,
  },
  { name: 'deeply nested JSON', bytes: [unsignedDeep], clients: 1, pause: 125 },
];

/** Sends the attack on a separate connection, and settles when that is closed or the time is up. */
export async function attackOnce(url: string, { bytes }: Attack, over: AbortSignal): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Such a client must expect to be cut off.
  socket.on('error', () => undefined).resume();
  const closed = once(socket, 'close').catch(() => undefined);
  const leave = () => socket.destroy();
  over.addEventListener('abort', leave);
  for (const part of bytes) {
    if (socket.destroyed) break;
    await Promise.race([new Promise(resolve => socket.write(part, resolve)), closed]);
  }
  await closed;
  over.removeEventListener('abort', leave);
}
