import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A client that sends anything, byte for byte. */
export interface RawClient {
  socket: Socket;
  /** Everything received so far, once it matches the pattern. Rejects if the other side closes first. */
  says: (pattern: RegExp) => Promise<string>;
  /** Everything received, once the other side has closed. */
  ended: Promise<string>;
}

/** Connects, and sends `first`. The connection is closed after the test. */
export async function rawClient(url: string, first: string | Uint8Array = ''): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''));
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  // A reset is one way of closing.
  socket.on('error', () => undefined);
  const closed = new Promise<void>(resolve => {
    socket.once('close', () => {
      resolve();
    });
  });
  onTestFinished(() => {
    socket.destroy();
  });
  await Promise.race([new Promise(resolve => socket.once('connect', resolve)), closed]);
  socket.write(first);
  return {
    socket,
    ended: closed.then(() => heard),
    async says(pattern) {
      while (!pattern.test(heard)) {
        if (socket.closed) throw new Error(`closed after ${JSON.stringify(heard)}`);
        await Promise.race([new Promise(resolve => socket.once('data', resolve)), closed]);
      }
      return heard;
    },
  };
}

/** The statuses of all responses in a server's output. */
export const statusesIn = (said: string): number[] =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/** A request as it is sent over the wire; `head` has one line each, after the request line. */
export const post = (body: string, ...head: string[]): string =>
  [`POST / HTTP/1.1`, 'host: x', `content-length: ${body.length}`, ...head, '', body].join('\r\n');
